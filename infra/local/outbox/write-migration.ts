/**
 * Puts a migration into its folder. What is there already is left as it is where it says the same, and is not written over
 * where it says something else: it may have run.
 *
 * Shape   folder, name, { up, down } -> the two paths | { kind: 'differs', path }
 * Errors  those of the file system
 */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Migration } from '../../../shared/outbox/migration.ts';

export interface MigrationPlace {
  readonly folder: string;
  /** Of both files, without .up.sql and .down.sql. */
  readonly name: string;
  readonly force: boolean;
}

export type Written =
  | { readonly kind: 'written'; readonly paths: readonly string[] }
  | { readonly kind: 'differs'; readonly path: string };

export async function writeMigration(
  { up, down }: Migration,
  { folder, name, force }: MigrationPlace,
): Promise<Written> {
  const files = [
    { path: join(folder, `${name}.up.sql`), text: up },
    { path: join(folder, `${name}.down.sql`), text: down },
  ];
  const found = await Promise.all(files.map(({ path }) => readIfThere(path)));
  const differing = files.find(({ text }, at) => found[at] !== undefined && found[at] !== text);
  if (differing && !force) return { kind: 'differs', path: differing.path };
  await mkdir(folder, { recursive: true });
  await Promise.all(files.map(({ path, text }) => writeFile(path, text)));
  return { kind: 'written', paths: files.map(({ path }) => path) };
}

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
