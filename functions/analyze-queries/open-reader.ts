/**
 * Connects to the database that is analysed, for as long as reading it takes.
 *
 * Shape   connection string -> (another database of the same server | undefined) -> reader
 * Errors  SessionLost when it does not answer in time
 */

import { Client } from 'pg';
import { createPgSession, translate } from '../adapters/postgres/pg-session.ts';
import { createReader } from '../adapters/postgres/read-only.ts';
import type { OpenedReader } from './night.ts';

const CONNECT_MS = 20_000;

export function createOpenReader(databaseUrl: string) {
  return async (database: string | undefined): Promise<OpenedReader> => {
    const connectionString = database === undefined ? databaseUrl : urlOf(databaseUrl, database);
    const client = new Client({ connectionString, connectionTimeoutMillis: CONNECT_MS });
    // What a lost connection means to a query is in the query's own error.
    client.on('error', () => {});
    await client.connect().catch(error => {
      throw translate(error);
    });
    const close = () => client.end();
    return { reader: createReader(createPgSession(client as never, close)), close };
  };
}

function urlOf(databaseUrl: string, database: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.href;
}
