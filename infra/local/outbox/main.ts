/**
 * `npm run outbox -- …`: writes the migration by which changes of a table become purges, and runs it where that is asked for.
 *
 * Errors  exit codes 0 done, 1 the database refused or is out of reach, 2 wrong arguments or settings
 */

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { createMigration, type Migration } from '../../../shared/outbox/migration.ts';
import { fileNameOf } from '../../../shared/outbox/watched-table.ts';
import { EXIT } from '../part.ts';
import { projectDir, STATE_DIR_NAME } from '../paths.ts';
import { type Command, parseCommand } from './command.ts';
import { findDatabase } from './find-database.ts';
import { USAGE } from './usage.ts';
import { writeMigration } from './write-migration.ts';

const say = (words: string) => void process.stdout.write(`${words}\n`);

const DONE = {
  up: 'Changes of this table become purges now.',
  down: 'Changes of this table no longer become purges.',
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseCommand(args);
  if (parsed.kind === 'help') {
    say(USAGE);
    return EXIT.stopped;
  }
  if (parsed.kind === 'wrong') return refuse(`${parsed.sentence}\nnpm run outbox -- --help tells all.`);
  const { table, role, out: folder, force } = parsed.command;
  const migration = await createMigration(table, role === undefined ? {} : { role });
  const written = await writeMigration(migration, { folder, name: fileNameOf(table), force });
  if (written.kind === 'differs')
    return refuse(`${written.path} says something else: look at it, then choose another --out, or --force.`);
  for (const path of written.paths) say(path);
  return apply(migration, parsed.command);
}

async function apply(migration: Migration, { apply: direction }: Command): Promise<number> {
  if (direction === undefined) return EXIT.stopped;
  const database = findDatabase({ environment: process.env, stackFile: await readStackFile() });
  if (!database.ok) return refuse(database.sentence);
  const client = new Client({ connectionString: database.url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query(migration[direction]);
    say(DONE[direction]);
    return EXIT.stopped;
  } catch (error) {
    process.stderr.write(`The database: ${(error as Error).message || 'it cannot be reached'}.\n`);
    return EXIT.failure;
  } finally {
    await client.end();
  }
}

function refuse(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return EXIT.badSetting;
}

async function readStackFile(): Promise<string | undefined> {
  const folder = resolve(process.env.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
  return readFile(join(folder, 'stack.json'), 'utf8').catch(() => undefined);
}
