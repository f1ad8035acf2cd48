/**
 * Sets sharp's encoder as a plan says; what the plan does not say is sharp's own default.
 */
import type { PngOptions, Sharp } from 'sharp';
import type { Encoding } from '../../../shared/images/plan/plan.ts';

export function encode(image: Sharp, encoding: Encoding): Sharp {
  switch (encoding.format) {
    case 'avif': {
      const { quality, effort, chroma } = encoding;
      return image.avif({ quality, effort, chromaSubsampling: chroma });
    }
    case 'webp':
      return image.webp({ quality: encoding.quality, effort: encoding.effort });
    case 'jpeg':
      return image.jpeg({ quality: encoding.quality, mozjpeg: encoding.optimised });
    case 'png':
      return image.png(pngOptions(encoding));
    case 'gif':
      return image.gif();
  }
}

function pngOptions({ quality, colours }: Encoding & { readonly format: 'png' }): PngOptions {
  const palette = { palette: true, ...(quality !== undefined && { quality }) };
  // Fewer colours than asked for are the attempt to be small: then time is spent on that, too.
  if (colours !== undefined) return { ...palette, colours, compressionLevel: 9, effort: 10, dither: 0 };
  return quality === undefined ? {} : palette;
}
