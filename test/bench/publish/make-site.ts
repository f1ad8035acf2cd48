/**
 * A folder as a build leaves it: one film, photographs that are compressed already, and text of every kind.
 *
 * Shape   folder, share of the whole -> bytes written
 */

import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';

const KB = 1_000;
/** How many of each, how large, and with what in it; together 100 MB. */
const KINDS = [
  ['film', 1, 46_000 * KB, '.mp4', 'noise'],
  ['photos/p', 120, 250 * KB, '.jpg', 'noise'],
  ['js/chunk', 12, 400 * KB, '.js', 'code'],
  ['js/map', 4, 2_000 * KB, '.js.map', 'words'],
  ['css/part', 10, 60 * KB, '.css', 'code'],
  ['data/list', 20, 200 * KB, '.json', 'numbers'],
  ['pages/page', 150, 40 * KB, '.html', 'words'],
  ['icons/icon', 200, 3 * KB, '.svg', 'numbers'],
] as const;

export async function makeSite(folder: string, share = 1): Promise<number> {
  const random = createSeededRandom(8);
  let total = 0;
  for (const [name, many, bytes, extension, kind] of KINDS) {
    const count = Math.max(1, Math.round(many * share));
    const size = many === 1 ? Math.round(bytes * share) : bytes;
    for (let at = 0; at < count; at++) {
      const content = fill(kind, size, random);
      const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
      // What a bundler writes bears a hash.
      const named = name.startsWith('js') || name.startsWith('css') ? `${name}${at}.${hash}` : `${name}${at}`;
      const path = join(folder, named + extension);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
      total += content.byteLength;
    }
  }
  return total;
}

function fill(kind: (typeof KINDS)[number][4], bytes: number, random: () => number): Buffer {
  if (kind === 'noise')
    return Buffer.from(Uint32Array.from({ length: bytes / 4 }, () => random() * 2 ** 32).buffer);
  const pieces: string[] = [];
  let length = 0;
  while (length < bytes) {
    const piece = PIECES[kind](random);
    pieces.push(piece);
    length += piece.length;
  }
  return Buffer.from(pieces.join('')).subarray(0, bytes);
}

const WORDS =
  'water wheel mill race stone flour river gate grain miller sluice shaft cog gear belt wind stream pond dam'.split(
    ' ',
  );
const word = (random: () => number) =>
  `${WORDS[Math.floor(random() * WORDS.length)]}${Math.floor(random() ** 3 * 400) || ''}`;

const PIECES = {
  words: (random: () => number) => `${word(random)} `,
  numbers: (random: () => number) => `{"${word(random)}":${(random() * 1e6).toFixed(2)}},`,
  code: (random: () => number) =>
    `function ${word(random)}(${word(random)}){return ${word(random)}.${word(random)}+${Math.floor(random() * 999)}}\n`,
} as const;
