/** Random names nobody can guess and no two machines share: 96 bits as 24 hex digits. */

import { hexOf } from './hash.ts';

export type CreateId = () => string;

export const randomId: CreateId = () => hexOf(crypto.getRandomValues(new Uint8Array(12)));
