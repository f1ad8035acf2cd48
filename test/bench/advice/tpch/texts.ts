/** Texts of a length between two bounds. */

import type { Chance } from '../chance.ts';
import { COMMENT_WORDS } from './words.ts';

export function comment(chance: Chance, least: number, most: number): string {
  const length = chance.between(least, most);
  let text = '';
  while (text.length < length) text += `${chance.pick(COMMENT_WORDS)} `;
  return text.slice(0, length).trimEnd() || 'so';
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789, ';

export function letters(chance: Chance, least: number, most: number): string {
  return Array.from({ length: chance.between(least, most) }, () => LETTERS[chance.below(64)]).join('');
}

/** Begins with its country: the nation's number and ten. */
export function phone(chance: Chance, nation: number): string {
  return `${nation + 10}-${chance.between(100, 999)}-${chance.between(100, 999)}-${chance.between(1_000, 9_999)}`;
}
