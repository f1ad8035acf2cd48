/**
 * `npm run outbox -- …`: writes the migration by which changes of a table become purges, and runs it where that is asked for.
 *
 * Errors  exit codes 0 done, 1 the database refused or is out of reach, 2 wrong arguments or settings
 */

import { Client } from 'pg';
import { createMigration, type Migration } from '../../../shared/outbox/migration.ts';
import { fileNameOf } from '../../../shared/outbox/watched-table.ts';
import { complain, runAsked, say, UsageError } from '../command-line.ts';
import { EXIT } from '../part.ts';
import { readStackFile } from '../stack-file.ts';
import { type Asked, type Command, parseCommand } from './command.ts';
import { findDatabase } from './find-database.ts';
import { USAGE } from './usage.ts';
import { writeMigration } from './write-migration.ts';

const DONE = {
  up: 'Changes of this table become purges now.',
  down: 'Changes of this table no longer become purges.',
} as const;

process.exitCode = await runAsked(
  parseCommand(process.argv.slice(2)),
  { command: 'outbox', usage: USAGE },
  carryOut,
);

async function carryOut({ command }: Asked): Promise<number> {
  const { table, role, out: folder, force } = command;
  const migration = await createMigration(table, role === undefined ? {} : { role });
  const written = await writeMigration(migration, { folder, name: fileNameOf(table), force });
  if (written.kind === 'differs')
    throw new UsageError(
      `${written.path} says something else: look at it, then choose another --out, or --force.`,
    );
  for (const path of written.paths) say(path);
  return apply(migration, command);
}

async function apply(migration: Migration, { apply: direction }: Command): Promise<number> {
  if (direction === undefined) return EXIT.stopped;
  const database = findDatabase({ environment: process.env, stackFile: await readStackFile(process.env) });
  if (!database.ok) throw new UsageError(database.sentence);
  const client = new Client({ connectionString: database.url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query(migration[direction]);
    say(DONE[direction]);
    return EXIT.stopped;
  } catch (error) {
    complain(`The database: ${(error as Error).message || 'it cannot be reached'}.`);
    return EXIT.failure;
  } finally {
    await client.end();
  }
}
