import { describe, expect, it } from 'vitest';
import { rememberByText } from '../../../shared/primitives/remember.ts';

function counted() {
  const computed: string[] = [];
  const compute = (text: string) => {
    computed.push(text);
    return { text };
  };
  return { computed, compute };
}

describe('rememberByText', () => {
  it('computes once for the same text and gives the same result', () => {
    const { computed, compute } = counted();
    const remembered = rememberByText(compute);
    expect(remembered('a')).toBe(remembered('a'));
    expect(remembered('b')).toEqual({ text: 'b' });
    expect(computed).toEqual(['a', 'b']);
  });

  it('keeps no long text', () => {
    const { computed, compute } = counted();
    const remembered = rememberByText(compute, { maxLength: 3 });
    for (const text of ['abc', 'abc', 'abcd', 'abcd']) expect(remembered(text)).toEqual({ text });
    expect(computed).toEqual(['abc', 'abcd', 'abcd']);
  });

  it('forgets all when too many came', () => {
    const { computed, compute } = counted();
    const remembered = rememberByText(compute, { maxEntries: 2 });
    for (const text of ['a', 'b', 'a', 'c', 'c', 'a']) expect(remembered(text)).toEqual({ text });
    expect(computed).toEqual(['a', 'b', 'c', 'a']);
  });
});
