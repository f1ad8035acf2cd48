import { describe, expect, it } from 'vitest';
import { imageUrl } from '../../../../shared/images/url/image-url.ts';

describe('imageUrl', () => {
  it('writes the canonical form', () => {
    const options = {
      quality: 75,
      width: 640,
      gravity: { x: 0.3, y: 0.7 },
      fit: 'cover',
      height: 480,
    } as const;
    expect(imageUrl('photos/a b.jpg', options)).toBe(
      '/images/width=640,height=480,fit=cover,gravity=0.3x0.7,format=auto,quality=75/photos/a%20b.jpg',
    );
  });

  it('writes the address of a source elsewhere as one segment', () => {
    expect(
      imageUrl('https://example.com/a.jpg?x=1', { format: 'webp' }, { base: 'https://cdn.example/i' }),
    ).toBe('https://cdn.example/i/format=webp/https%3A%2F%2Fexample.com%2Fa.jpg%3Fx%3D1');
  });

  it.each([
    [{ width: 0 }, "width is '0'"],
    [{ quality: 7.5 }, "quality is '7.5'"],
  ])('refuses %j', (options, words) => {
    expect(() => imageUrl('a.jpg', options)).toThrow(words);
  });

  it.each(['', '/a.jpg', '../a.jpg', 'a/'])('refuses the source %j', source => {
    expect(() => imageUrl(source)).toThrow(RangeError);
  });
});
