/**
 * Lists the files of a folder that may be published, in an order that is always the same.
 *
 * A link is followed to a file of the same folder, and nowhere else: what lies outside was not meant. Links to folders, and
 * what is neither file nor folder, are left out and told. So are names that begin with a dot, without a word, but for
 * .well-known.
 *
 * Shape   folder -> { files: [{ key, path, bytes }], left: [{ path, why }] }
 * Errors  FolderFault: no such folder, a name that no URL can have, two names that Unicode holds for one
 * Cost    one look at each entry
 */

import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { isHidden, parseAssetKey } from '../../shared/publishing/asset-key.ts';

export interface FolderFile {
  readonly key: string;
  /** Where its bytes are: never a link. */
  readonly path: string;
  readonly bytes: number;
}

export interface LeftOut {
  readonly path: string;
  readonly why: string;
}

export interface FolderContent {
  readonly files: readonly FolderFile[];
  readonly left: readonly LeftOut[];
}

export class FolderFault extends Error {
  override readonly name = 'FolderFault';
}

export async function readFolder(folder: string): Promise<FolderContent> {
  const root = await realpath(folder).catch(() => {
    throw new FolderFault(`${folder} is no folder that can be read.`);
  });
  const content = { files: [] as FolderFile[], left: [] as LeftOut[] };
  await walk({ root, under: [] }, content);
  refuseTwins(content.files);
  return { files: content.files.sort((one, other) => (one.key < other.key ? -1 : 1)), left: content.left };
}

interface Place {
  readonly root: string;
  readonly under: readonly string[];
}

interface Collecting {
  readonly files: FolderFile[];
  readonly left: LeftOut[];
}

async function walk({ root, under }: Place, into: Collecting): Promise<void> {
  const folder = join(root, ...under);
  const entries = await readdir(folder, { withFileTypes: true }).catch(cause => {
    throw new FolderFault(`${folder} is no folder that can be read (${cause.code}).`, { cause });
  });
  for (const entry of entries) {
    if (isHidden(entry.name)) continue;
    const names = [...under, entry.name];
    if (entry.isDirectory()) await walk({ root, under: names }, into);
    else await add(entry, { root, under: names }, into);
  }
}

async function add(entry: Dirent, { root, under }: Place, { files, left }: Collecting): Promise<void> {
  const path = join(root, ...under);
  const named = under.join('/');
  const target = entry.isSymbolicLink() ? await realpath(path).catch(() => undefined) : path;
  if (target === undefined) return void left.push({ path: named, why: 'a link to nothing' });
  if (!target.startsWith(root + sep)) return void left.push({ path: named, why: 'a link out of the folder' });
  const stats = await stat(target);
  if (!stats.isFile()) {
    const why = entry.isSymbolicLink() ? 'a link to what is no file' : 'neither a file nor a folder';
    return void left.push({ path: named, why });
  }
  const parsed = parseAssetKey(named);
  if (!parsed.ok)
    throw new FolderFault(`${JSON.stringify(named)} cannot be published: its name ${parsed.why}.`);
  files.push({ key: parsed.key, path: target, bytes: stats.size });
}

function refuseTwins(files: readonly FolderFile[]): void {
  const seen = new Map<string, string>();
  for (const { key, path } of files) {
    const other = seen.get(key);
    if (other !== undefined)
      throw new FolderFault(`${other} and ${path} have one name in a URL: rename one of them.`);
    seen.set(key, path);
  }
}
