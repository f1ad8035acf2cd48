import { expect, test } from 'vitest';
import { readVariantOrder, refusedWith } from '../../../../shared/images/responsive/variant-order.ts';

const GIVEN = { key: 'a b.jpg', widths: [320], formats: ['avif'] } as const;

test('options are read as a URL writes them', () => {
  const order = readVariantOrder({ ...GIVEN, options: 'fit=cover,height=200' });
  expect(order).toEqual({
    source: 'a b.jpg',
    widths: [320],
    formats: ['avif'],
    options: { fit: 'cover', height: 200 },
  });
});

test.each([undefined, ''])('no options (%j) change nothing', options => {
  expect(readVariantOrder({ ...GIVEN, options })).toMatchObject({ options: {} });
});

test.each([
  [{ key: '../a.jpg' }, 'IMAGE_KEY_INVALID'],
  [{ options: 'blur=x' }, 'IMAGE_OPTION_INVALID'],
])('%j is refused', (wrong, code) => {
  expect(readVariantOrder({ ...GIVEN, ...wrong })).toMatchObject({ kind: 'refused', code });
});

test('codes of refusals are told each once', () => {
  const failed = ['A', 'B', 'A'].map(code => ({ url: '/x', code }));
  expect(refusedWith({ source: 'a', variants: [], failed, srcset: {} })).toBe('A, B');
});
