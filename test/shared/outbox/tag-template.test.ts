import { describe, expect, it } from 'vitest';
import { columnsOf, parseTemplates } from '../../../shared/outbox/tag-template.ts';

const templates = (text: string) => {
  const parsed = parseTemplates(text);
  if (parsed.kind === 'wrong') throw new Error(parsed.sentence);
  return parsed.templates;
};

describe('parseTemplates', () => {
  it('reads texts and columns, by comma', () => {
    expect(templates('users, users:{id} ,{tenant}/{id}')).toEqual([
      [{ text: 'users' }],
      [{ text: 'users:' }, { column: 'id' }],
      [{ column: 'tenant' }, { text: '/' }, { column: 'id' }],
    ]);
  });

  it('takes any name of a column, quoted where it has what would end it', () => {
    expect(templates('{été}{"a""b,{c}"}')).toEqual([[{ column: 'été' }, { column: 'a"b,{c}' }]]);
  });

  it.each([
    ['', 'empty tag'],
    ['a,,b', 'empty tag'],
    ['a,', 'empty tag'],
    ['a b', '" " at position 2'],
    ['é', '"é" at position 1'],
    ['a{id', '"{" at position 2'],
    ['a}', '"}" at position 2'],
    ['{}', '"{" at position 1'],
    ['{"id}', '"{" at position 1'],
    [`{${'é'.repeat(32)}}`, '1 to 63 bytes'],
    ['{a\0b}', '1 to 63 bytes'],
    [Array.from({ length: 21 }, (_, at) => `t${at}`).join(), 'more than 20 tags'],
  ])('refuses %j: %s', (text, words) => {
    expect(parseTemplates(text)).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining(words) });
  });
});

describe('columnsOf', () => {
  it('names each once', () => expect(columnsOf(templates('{a},{b}{a}'))).toEqual(['a', 'b']));
});
