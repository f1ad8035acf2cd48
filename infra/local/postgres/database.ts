/**
 * Opens the server for use: the database `headrace` with the statistics the analysis reads.
 *
 * Shape   server -> connection URL
 * Cost    two short connections
 */
import { Client } from 'pg';

const DATABASE = 'headrace';

export interface Superuser {
  readonly port: number;
  readonly password: string;
}

export async function ensureDatabase(superuser: Superuser): Promise<string> {
  await withClient(urlOf(superuser, 'postgres'), createIfAbsent);
  const url = urlOf(superuser, DATABASE);
  await withClient(url, client => client.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements'));
  return url;
}

const urlOf = ({ port, password }: Superuser, database: string): string =>
  `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;

async function createIfAbsent(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
}

async function withClient(
  connectionString: string,
  use: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
