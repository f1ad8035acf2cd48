import { expect, it } from 'vitest';
import { negotiateFormat } from '../../../../shared/images/resolve/negotiate.ts';

const formats = ['avif', 'webp'] as const;

it.each([
  ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'avif'],
  ['image/webp,image/avif', 'avif'],
  ['image/webp,*/*', 'webp'],
  ['image/avif;q=0.5,image/webp;q=0.9', 'webp'],
  ['image/avif;q=0,image/webp', 'webp'],
  ['image/avif;q=0.000,image/webp;q=0', 'legacy'],
  ['image/avif, image/avif;q=0', 'legacy'],
  ['IMAGE/AVIF ; Q=1.0', 'avif'],
  ['image/avif;q=2', 'legacy'],
  ['image/avif;q=', 'legacy'],
  ['text/image/avif', 'legacy'],
  ['image/jpeg,image/webp;q=0.5', 'legacy'],
  ['image/jpeg;q=0.5,image/webp;q=0.5', 'webp'],
  ['image/*', 'legacy'],
  ['*/*', 'legacy'],
  ['image/png;q=1,image/jpeg;q=0', 'png'],
  ['', 'legacy'],
  [null, 'legacy'],
])('%s -> %s', (accept, expected) => {
  expect(negotiateFormat(accept, { formats, anim: false })).toBe(expected);
});

it('sends animations in what moves', () => {
  expect(negotiateFormat('image/avif,image/webp', { formats, anim: true })).toBe('webp');
  expect(negotiateFormat('image/avif', { formats, anim: true })).toBe('legacy');
});

it('offers only what the operator offers', () => {
  expect(negotiateFormat('image/avif,image/webp', { formats: ['webp'], anim: false })).toBe('webp');
});
