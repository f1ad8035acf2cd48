/** A Postgres for the tests of the outbox: statements as they come, and what its outbox holds. */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { forgetPostgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import { createMigration, type MigrationOptions } from '../../shared/outbox/migration.ts';
import { parseTemplates } from '../../shared/outbox/tag-template.ts';
import { postgresPrograms } from './tier.ts';

export interface OutboxDatabase {
  readonly url: string;
  readonly pool: Pool;
  /** Statements, one after the other, on one connection. */
  run(...statements: readonly string[]): Promise<void>;
  /** Watches a table; `tags` as on the command line. */
  watch(table: string, tags: string, options?: MigrationOptions & { schema?: string }): Promise<void>;
  migrationOf: typeof migrationOf;
  /** The tags of each change, sorted, oldest first; then the outbox is empty. */
  take(): Promise<readonly (readonly string[])[]>;
  stop(): Promise<void>;
}

export async function startOutboxDatabase(): Promise<OutboxDatabase> {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-outbox-'));
  const programs = postgresPrograms();
  const server = await startPostgres({ stateDir, ...(programs && { programs }) });
  const pool = new Pool({ connectionString: server.url }).on('error', () => {});
  return {
    url: server.url,
    pool,
    migrationOf,
    async run(...statements) {
      for (const statement of statements) await pool.query(statement);
    },
    async watch(table, tags, { schema = 'public', ...options } = {}) {
      const { up } = await migrationOf({ table, tags, schema }, options);
      await pool.query(up);
    },
    async take() {
      const { rows } = await pool.query<{ tags: string[] }>('SELECT tags FROM headrace.outbox ORDER BY id');
      await pool.query('DELETE FROM headrace.outbox');
      return rows.map(({ tags }) => tags.sort());
    },
    async stop() {
      await pool.end();
      await server.stop();
      await forgetPostgres(stateDir);
    },
  };
}

interface Watching {
  readonly table: string;
  readonly tags: string;
  readonly schema?: string;
}

function migrationOf({ table, tags, schema = 'public' }: Watching, options?: MigrationOptions) {
  const parsed = parseTemplates(tags);
  if (parsed.kind === 'wrong') throw new Error(parsed.sentence);
  return createMigration({ schema, name: table, tags: parsed.templates }, options);
}
