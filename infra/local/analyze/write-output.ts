/**
 * Writes what an analysis made into a folder, which is made where it is missing.
 *
 * Errors  UsageError where the folder cannot be had, before anything is analysed
 */

import { constants } from 'node:fs';
import { access, mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Analysis } from '../../../shared/query-optimizer/analyze.ts';
import { UsageError } from '../command-line.ts';

export async function prepareFolder(folder: string): Promise<void> {
  try {
    await makeFolder(resolve(folder));
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw cannotWrite('--out', folder, cause);
  }
}

/** Step by step: where a system says of what is there that it is not, as /proc does, Node's own recursion never ends. */
async function makeFolder(folder: string): Promise<void> {
  if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
  if (dirname(folder) !== folder) await makeFolder(dirname(folder));
  await mkdir(folder);
}

export function cannotWrite(option: string, path: string, cause: unknown): UsageError {
  const { code } = cause as { code?: string };
  return new UsageError(`${option}: ${path} cannot be written (${code}). Name a place that can be.`, {
    cause,
  });
}

export async function writeOutput(folder: string, { report, markdown, migration }: Analysis): Promise<void> {
  const files: Readonly<Record<string, string>> = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.md': markdown,
    'migration.up.sql': migration.up,
    'migration.down.sql': migration.down,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
