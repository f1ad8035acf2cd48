import { expect, test } from 'vitest';
import { originProblem } from '../../../../edge/proxy/origin/origin-problem.ts';
import { cacheable } from '../../exchange.ts';

test.each([
  ['timeout', 504, 'ORIGIN_TIMEOUT'],
  ['unreachable', 502, 'ORIGIN_UNREACHABLE'],
  ['invalid', 502, 'ORIGIN_ANSWER_INVALID'],
] as const)(
  '%s is %i %s, names the origin but not its address, and says what the cache did',
  async (why, status, code) => {
    const { origin } = cacheable();
    const response = originProblem({ origin }, { kind: 'failure', why }, { hit: false, forwarded: 'stale' });
    expect(response.status).toBe(status);
    expect(response.headers.get('cache-status')).toBe('Headrace; fwd=stale');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ status, code, title: expect.stringContaining("'default'") });
    expect(text).not.toContain('origin.example');
  },
);
