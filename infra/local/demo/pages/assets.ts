/**
 * Where the demo's styles and scripts are: names that change with their content, so that they may be kept for ever.
 */

import { createHash } from 'node:crypto';
import { GALLERY_SCRIPT } from './gallery-script.ts';
import { GALLERY_STYLE } from './gallery-style.ts';
import { SCRIPT } from './script.ts';
import { STYLE } from './style.ts';

export const ASSETS = {
  style: { path: `/assets/shop.${fingerprint(STYLE)}.css`, type: 'text/css; charset=utf-8', text: STYLE },
  script: {
    path: `/assets/served.${fingerprint(SCRIPT)}.js`,
    type: 'text/javascript; charset=utf-8',
    text: SCRIPT,
  },
  galleryStyle: {
    path: `/assets/gallery.${fingerprint(GALLERY_STYLE)}.css`,
    type: 'text/css; charset=utf-8',
    text: GALLERY_STYLE,
  },
  galleryScript: {
    path: `/assets/gallery.${fingerprint(GALLERY_SCRIPT)}.js`,
    type: 'text/javascript; charset=utf-8',
    text: GALLERY_SCRIPT,
  },
} as const;

function fingerprint(content: string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 12);
}
