/**
 * Which account PostgreSQL runs under: it refuses root, so a root launcher lends it the account `nobody`.
 *
 * Shape   account -> ids for spawn and chown, or null for "as whoever started us"
 */
import { chownSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** Linux's overflow ids: what every distribution names nobody:nogroup, and what no file of value belongs to. */
const NOBODY: Account = { uid: 65_534, gid: 65_534 };

const SEARCHABLE_BY_OTHERS = 0o001;

export function chooseAccount(currentUid: number | null): Account | null {
  return currentUid === 0 ? NOBODY : null;
}

export function giveTo(account: Account | null, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}

/** True when the account can walk to the path: one 0700 ancestor (/root, say) closes everything below it. */
export function isReachable(account: Account | null, path: string): boolean {
  return account === null || ancestorsOf(path).every(isSearchableByOthers);
}

function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(resolve(path));
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}

function isSearchableByOthers(directory: string): boolean {
  return (statSync(directory).mode & SEARCHABLE_BY_OTHERS) !== 0;
}
