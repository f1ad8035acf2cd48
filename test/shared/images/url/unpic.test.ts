import { expect, it } from 'vitest';
import { extract, generate, transform } from '../../../../shared/images/url/unpic.ts';

const URL_OF_PHOTO = 'https://shop.example/images/width=640,format=webp/photos/a.jpg';

it('generates what it extracts', () => {
  const found = extract(URL_OF_PHOTO);
  expect(found).toEqual({
    src: 'photos/a.jpg',
    operations: { width: 640, format: 'webp' },
    options: { baseURL: 'https://shop.example', path: '/images' },
  });
  expect(found && generate(found.src, found.operations, found.options)).toBe(URL_OF_PHOTO);
});

it('adds operations to an URL of ours', () => {
  expect(transform(URL_OF_PHOTO, { width: 320.4, height: 100 })).toBe(
    'https://shop.example/images/width=320,height=100,format=webp/photos/a.jpg',
  );
});

it('makes an URL of the name of a source', () => {
  expect(transform('/photos/a.jpg', { width: 320 })).toBe('/images/width=320,format=auto/photos/a.jpg');
});

it.each(['https://shop.example/photos/a.jpg', '/images/a.jpg', 'https://shop.example/images/width=0/a.jpg'])(
  'extracts nothing from %s',
  url => expect(extract(url)).toBeNull(),
);
