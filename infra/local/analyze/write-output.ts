/** Writes what an analysis made into a folder, which is made where it is missing. */

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Analysis } from '../../../shared/query-optimizer/analyze.ts';

export async function writeOutput(folder: string, { report, markdown, migration }: Analysis): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files: Readonly<Record<string, string>> = {
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'report.md': markdown,
    'migration.up.sql': migration.up,
    'migration.down.sql': migration.down,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}
