/**
 * Connects to the user's database by its URL: a Neon one by Neon's own driver, over a WebSocket; any other by node-postgres.
 *
 * Shape   openDatabase(url, options) -> { reader, session, close }
 * Errors  DatabaseUnreachable, a sentence that tells no password
 * Cost    one connection. A suspended branch wakes up meanwhile, for which the time to connect is long
 */

import { Pool as NeonPool, neon } from '@neondatabase/serverless';
import { Client } from 'pg';
import type { Reader } from '../../../shared/query-optimizer/collect/collect.ts';
import type { Session } from '../../../shared/query-optimizer/session.ts';
import { createNeonHttpReader } from './neon-http.ts';
import { createPgSession, type PgClient } from './pg-session.ts';
import { createReader, type ReadLimits } from './read-only.ts';

export type Driver = 'neon' | 'neon-http' | 'pg';

export interface OpenOptions extends ReadLimits {
  /** @default neon for hosts of neon.tech, pg for all others */
  readonly driver?: Driver;
  /** @default 20,000 */
  readonly connectTimeoutMs?: number;
}

export interface OpenedDatabase {
  readonly reader: Reader;
  /** The same connection for more than reading, such as HypoPG; over HTTP there is none. */
  readonly session: Session | undefined;
  close(): Promise<void>;
}

export class DatabaseUnreachable extends Error {
  override readonly name = 'DatabaseUnreachable';
}

const CONNECT_TIMEOUT_MS = 20_000;

export async function openDatabase(url: string, options: OpenOptions = {}): Promise<OpenedDatabase> {
  const { hostname } = parseUrl(url);
  const driver = options.driver ?? (/\.neon\.(tech|build)$/.test(hostname) ? 'neon' : 'pg');
  if (driver === 'neon-http')
    return { reader: createNeonHttpReader(neon(url), options), session: undefined, close: async () => {} };
  const { client, close } = await connect(driver, url, options).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new DatabaseUnreachable(`The database at ${hostname} cannot be reached: ${why}`, { cause });
  });
  const session = createPgSession(client, close);
  return { reader: createReader(session, options), session, close };
}

function parseUrl(url: string): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed && /^postgres(ql)?:$/.test(parsed.protocol)) return parsed;
  throw new DatabaseUnreachable(
    'The database URL is not one: give postgresql://user:password@host:5432/database.',
  );
}

interface Connected {
  readonly client: PgClient;
  readonly close: () => Promise<void>;
}

async function connect(driver: Driver, url: string, options: OpenOptions): Promise<Connected> {
  const settings = {
    connectionString: url,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    application_name: 'headrace',
  };
  // A connection that is lost says so to whoever asks next; that it is told here as well must end nobody.
  const ignore = () => {};
  if (driver === 'pg') {
    const client = new Client(settings).on('error', ignore);
    await client.connect();
    return { client: client as unknown as PgClient, close: () => client.end() };
  }
  const pool = new NeonPool({ ...settings, max: 1 }).on('error', ignore);
  const client = await pool.connect();
  client.on('error', ignore);
  return {
    client: client as unknown as PgClient,
    async close() {
      client.release(true);
      await pool.end();
    },
  };
}
