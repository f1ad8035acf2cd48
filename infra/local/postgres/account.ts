/**
 * Which account PostgreSQL runs under, and from where: it refuses root, so a root launcher lends it the account `nobody`.
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

/** True when the account can walk to the path and PostgreSQL's programs work there. */
export function isUsable(account: Account | null, path: string): boolean {
  return staysWhole(resolve(path)) && (account === null || ancestorsOf(path).every(isSearchableByOthers));
}

/** initdb hands its own path to a shell, between double quotes; the loader reads its directories as a list. */
function staysWhole(path: string): boolean {
  return !/["$`\\:;]/.test(path);
}

function ancestorsOf(path: string): readonly string[] {
  const parent = dirname(resolve(path));
  return parent === path ? [] : [parent, ...ancestorsOf(parent)];
}

/** One 0700 ancestor (/root, say) closes everything below it. */
function isSearchableByOthers(directory: string): boolean {
  return (statSync(directory).mode & SEARCHABLE_BY_OTHERS) !== 0;
}
