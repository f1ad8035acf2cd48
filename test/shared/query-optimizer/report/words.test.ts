import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cell,
  codeBlock,
  countWords,
  percent,
  sizeWords,
} from '../../../../shared/query-optimizer/report/words.ts';

describe('figures in words', () => {
  it('have a unit that suits them', () => {
    expect([0, 512, 2_048, 1_500_000, 2 ** 33, 2 ** 60].map(bytes => sizeWords(bytes))).toEqual([
      '0 B',
      '512 B',
      '2.0 KB',
      '1.4 MB',
      '8.0 GB',
      '1048576 TB',
    ]);
    expect([0.004, 0.5, 2].map(percent)).toEqual(['0.4 %', '50 %', '200 %']);
    expect([countWords(1, 'index', 'indexes'), countWords(2_000, 'row')]).toEqual(['1 index', '2,000 rows']);
  });
});

describe('texts in Markdown', () => {
  it('cannot break a table, nor be read as a tag or a link', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const shown = cell(text);
        expect(shown).not.toMatch(/[\n\r]/);
        expect(shown.replaceAll(/\\./g, '')).not.toMatch(/[|<>`[\]]/);
      }),
    );
  });

  it('stay within their block, whatever fences they have in them', () => {
    const block = codeBlock('SELECT 1 -- ```` \n````').split('\n');
    expect(block[0]).toBe('`````sql');
    expect(block.at(-1)).toBe('`````');
  });
});
