/** Random names nobody can guess and no two machines share: 96 bits as 24 hex digits, or as many as are asked for. */

import { hexOf } from './hash.ts';

export type CreateId = () => string;

export const randomId: CreateId = () => randomHex(12);

export function randomHex(bytes: number): string {
  return hexOf(crypto.getRandomValues(new Uint8Array(bytes)));
}
