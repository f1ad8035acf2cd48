import { describe, expect, it } from 'vitest';
import { parseWarmingMessage } from '../../../shared/warm/message.ts';

describe('parseWarmingMessage', () => {
  it('reads the paths', () => {
    expect(parseWarmingMessage('{"paths": ["/a", "/b?c=1"]}')).toEqual({ paths: ['/a', '/b?c=1'] });
  });

  it('takes a hundred paths and no more', () => {
    const message = (count: number) =>
      JSON.stringify({ paths: Array.from({ length: count }, (_, at) => `/${at}`) });
    expect(parseWarmingMessage(message(100))?.paths).toHaveLength(100);
    expect(parseWarmingMessage(message(101))).toBeNull();
  });

  it.each([
    '',
    'paths',
    'null',
    '[]',
    '"/a"',
    '{}',
    '{"paths": []}',
    '{"paths": "/a"}',
    '{"paths": [1]}',
    '{"paths": ["/a", "//evil.example"]}',
    '{"paths": ["http://169.254.169.254/latest/meta-data"]}',
    '{"paths": ["/a"], "host": "evil.example"}',
  ])('refuses %s', text => expect(parseWarmingMessage(text)).toBeNull());
});
