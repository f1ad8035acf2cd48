/**
 * An engine for twins on a PostgreSQL 18 or newer that runs on this machine, in a database of its own that goes with it: some
 * times faster than PGlite, where there is one.
 *
 * Shape   openLocalEngine({ connect, snapshot }) -> TwinEngine
 * Errors  those of the session. The server's files must be ours to write, and its user a superuser
 */

import { randomUUID } from 'node:crypto';
import { quoteIdentifier } from '../../../../shared/query-optimizer/index-sql.ts';
import type { Session } from '../../../../shared/query-optimizer/session.ts';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import type { TwinEngine } from '../../../../shared/query-optimizer/twin/engine.ts';
import { createRelationFiles } from './relation-files.ts';

export interface LocalEngineOptions {
  readonly snapshot: Snapshot;
  /** A session on the database of this name; on the server's usual one where none is given. */
  readonly connect: (database?: string) => Promise<Session>;
}

export async function openLocalEngine({ snapshot, connect }: LocalEngineOptions): Promise<TwinEngine> {
  const server = await connect();
  const database = `headrace_twin_${randomUUID().slice(0, 8)}`;
  const isPlain = ['C', 'POSIX'].includes(snapshot.server.collation);
  const locale = isPlain ? '' : "LOCALE_PROVIDER icu ICU_LOCALE 'und'";
  await server.query(
    `CREATE DATABASE ${quoteIdentifier(database)} TEMPLATE template0 ENCODING 'UTF8' ${locale}`,
  );
  const session = await connect(database);
  const [row] = await session.query("SELECT current_setting('data_directory') AS path");
  const offered = await session.query('SELECT name::text AS name FROM pg_available_extensions');
  return {
    session,
    extensions: new Set(offered.map(({ name }) => String(name))),
    ...createRelationFiles(String(row?.path)),
    async close() {
      await session.close();
      await server.query(`DROP DATABASE ${quoteIdentifier(database)} (FORCE)`);
      await server.close();
    },
  };
}
