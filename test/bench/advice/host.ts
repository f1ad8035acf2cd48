/**
 * A server of its own, on which workloads are loaded, each into a database of its own.
 *
 * Shape   withHost(work); open(workload, size) -> its place and its snapshot, with the workload's own statements in it
 */

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createPgSession } from '../../../functions/adapters/postgres/pg-session.ts';
import { createReader } from '../../../functions/adapters/postgres/read-only.ts';
import { forgetPostgres, startPostgres } from '../../../infra/local/postgres/postgres.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { collect } from '../../../shared/query-optimizer/collect/collect.ts';
import type { Session } from '../../../shared/query-optimizer/session.ts';
import type { Snapshot, Statement } from '../../../shared/query-optimizer/snapshot.ts';
import { postgresPrograms } from '../../contracts/tier.ts';
import type { BenchWorkload, Place } from './workload.ts';

type Size = Pick<Place, 'scale' | 'seed'>;

export interface Opened extends Place {
  readonly snapshot: Snapshot;
  readonly session: Session;
  /** What advice is judged by. */
  readonly asked: readonly Statement[];
}

export interface Host {
  open(workload: BenchWorkload, size: Size): Promise<Opened>;
}

export async function withHost<Result>(work: (host: Host) => Promise<Result>): Promise<Result> {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-advice-'));
  const programs = postgresPrograms();
  const server = await startPostgres({ stateDir, ...(programs && { programs }) });
  const clients: Client[] = [];
  const connect = async (url: string): Promise<Client> => {
    const client = new Client({ connectionString: url }).on('error', () => {});
    await client.connect();
    clients.push(client);
    return client;
  };
  const host: Host = {
    async open(workload, size) {
      const place = { ...(await openPlace(server.url, clients.length, connect)), ...size };
      await workload.load(place);
      const session = createPgSession(place.client as never);
      const collected = await collect(createReader(session), { clock });
      const statements = await workload.statements(place);
      const asked = workload.asked?.(place) ?? statements;
      return { ...place, session, asked, snapshot: { ...collected, workload: statements } };
    },
  };
  try {
    return await work(host);
  } finally {
    for (const client of clients) await client.end();
    await server.stop();
    await forgetPostgres(stateDir);
  }
}

async function openPlace(serverUrl: string, number: number, connect: (url: string) => Promise<Client>) {
  const name = `workload_${number}`;
  const maintenance = await connect(serverUrl);
  await maintenance.query(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = await connect(url.href);
  await client.query('CREATE EXTENSION pg_stat_statements');
  return { url: url.href, client };
}
