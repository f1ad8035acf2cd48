import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWarmPath, parseHotList } from '../../../shared/warm/paths.ts';

const EDGE = 'https://www.example.com';

describe('isWarmPath', () => {
  it.each(['/', '/a', '/a/b.html?c=1&d=%20', '/caf%C3%A9', '/a//b', '/@x', '/a:b'])('takes %s', path =>
    expect(isWarmPath(path)).toBe(true),
  );

  it.each([
    '',
    'a',
    '//evil.example/x',
    '///evil.example',
    'http://evil.example/',
    'https:/evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/a b',
    '/a\r\nhost: evil.example',
    '/a#b',
    '/café',
    `/${'a'.repeat(8_000)}`,
  ])('refuses %j', path => expect(isWarmPath(path)).toBe(false));

  it('never takes what would leave the edge', () => {
    const hostile = fc.stringMatching(/^[/\\.:@?#a-z\t\n%0-9]{1,12}$/);
    fc.assert(
      fc.property(hostile, text => {
        if (isWarmPath(text)) expect(new URL(text, EDGE).origin).toBe(EDGE);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('parseHotList', () => {
  it('reads one path a line, past comments, empty lines and Windows line ends', () => {
    const list = parseHotList('# the start page\r\n/\r\n\r\n  /shop?page=1  \n#/not-this\n/about');
    expect(list).toEqual({ paths: ['/', '/shop?page=1', '/about'], refused: 0, cut: 0 });
  });

  it('takes a path once', () => {
    expect(parseHotList('/a\n/b\n/a').paths).toEqual(['/a', '/b']);
  });

  it('counts the lines that are no path', () => {
    expect(parseHotList('/a\nhttp://evil.example/\n//evil.example\n/b')).toEqual({
      paths: ['/a', '/b'],
      refused: 2,
      cut: 0,
    });
  });

  it('takes a thousand paths and says how many are left over', () => {
    const lines = Array.from({ length: 1_003 }, (_, at) => `/p/${at}`);
    const { paths, cut } = parseHotList(lines.join('\n'));
    expect(paths).toHaveLength(1_000);
    expect(paths.at(-1)).toBe('/p/999');
    expect(cut).toBe(3);
  });

  it('finds nothing in an empty text', () => {
    expect(parseHotList('')).toEqual({ paths: [], refused: 0, cut: 0 });
  });
});
