/**
 * Sets sharp's encoder as a plan says; what the plan does not say is sharp's own default.
 */
import type { Sharp } from 'sharp';
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
      return image.png(encoding.quality === undefined ? {} : { palette: true, quality: encoding.quality });
    case 'gif':
      return image.gif();
  }
}
