/**
 * The pictures that all are asked for: two photographs whose authors are long dead, and a drawing made here.
 *
 * Source  boats.jpg: Felice Beato, "View of a river in Nagasaki", albumen print, about 1865; alps.jpg: Adolphe Braun, an alpine
 *         landscape, carbon print, about 1870. Both are in the public domain
 */

import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

export const PHOTOGRAPHS = ['boats.jpg', 'alps.jpg'] as const;
const HERE = join(import.meta.dirname, 'photographs');

export async function drawSources(folder: string): Promise<void> {
  for (const name of PHOTOGRAPHS) await copyFile(join(HERE, name), join(folder, name));
  const drawing = sharp(Buffer.from(DRAWING)).resize(800);
  await writeFile(join(folder, 'drawing.png'), await drawing.png().toBuffer());
}

/** Flat colours, sharp edges and transparency, as logos and screenshots have them. */
const DRAWING = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 60">
  <circle cx="30" cy="30" r="22" fill="#c8285a"/><rect x="38" y="8" width="34" height="44" rx="5" fill="#1e50d2cc"/>
  <path d="M8 52 40 6l32 46z" fill="none" stroke="#10202a" stroke-width="2"/></svg>`;
