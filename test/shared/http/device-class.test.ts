import { describe, expect, it } from 'vitest';
import { classifyDevice } from '../../../shared/http/device-class.ts';
import { growthOf } from '../../growth.ts';

/** As browsers send them. */
const AGENTS = {
  mobile: [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
    'Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0',
    'Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS) Presto/2.5.25',
  ],
  tablet: [
    'Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1',
    'Mozilla/5.0 (Linux; Android 14; SM-X910) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Android 15; Tablet; rv:143.0) Gecko/143.0 Firefox/143.0',
  ],
  desktop: [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
    'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
    'curl/8.5.0',
    '',
  ],
};

describe.each(Object.entries(AGENTS))('%s', (kind, agents) => {
  it.each(agents)('%s', agent => {
    expect(classifyDevice([['user-agent', agent]])).toBe(kind);
  });
});

describe('without a telling User-Agent', () => {
  it('the hint decides', () => {
    expect(classifyDevice([['sec-ch-ua-mobile', '?1']])).toBe('mobile');
    expect(classifyDevice([['sec-ch-ua-mobile', '?0']])).toBe('desktop');
    expect(classifyDevice([])).toBe('desktop');
  });

  it('a very long text takes no more time than a long one', () => {
    const classify = (pieces: number) => classifyDevice([['user-agent', 'Android Silk/'.repeat(pieces)]]);
    expect(classify(100_000)).toBe('tablet');
    expect(growthOf(1_000, classify)).toBeLessThan(100);
  });
});
