/**
 * Brings a prepared cluster to answer on a loopback port, taking another port when a free one is lost to somebody else.
 *
 * Errors  StartError: the given port is taken, or the server does not come up
 */
import { createServer } from 'node:net';
import { EXIT, type Part, StartError } from '../part.ts';
import type { Cluster } from './cluster.ts';
import type { Home } from './home.ts';
import { runPostmaster } from './postmaster.ts';
import { clusterNameFor } from './survivors.ts';

export interface Server {
  readonly part: Part;
  readonly port: number;
}

const PORT_ATTEMPTS = 5;

export async function startServer(cluster: Cluster, wantedPort?: number, attempt = 1): Promise<Server> {
  const port = wantedPort ?? (await findFreePort());
  const postmaster = await runPostmaster({
    program: cluster.programs.postgres,
    args: ['-D', cluster.home.dataDir, '-p', String(port), ...asFlags(SETTINGS)],
    environment: cluster.programs.environment,
    account: cluster.account,
    logFile: cluster.home.logFile,
  });
  if (postmaster.kind === 'running') return { part: postmaster.part, port };
  if (!isPortTaken(postmaster.reason)) throw doesNotStart(postmaster.reason, cluster.home);
  if (wantedPort) throw portTaken(wantedPort);
  if (attempt === PORT_ATTEMPTS) throw doesNotStart(postmaster.reason, cluster.home);
  return startServer(cluster, wantedPort, attempt + 1);
}

/** Loopback TCP only; timings for the analysis; no fsync, since what is lost with the machine's power is test data. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  cluster_name: clusterNameFor(process.pid),
  shared_preload_libraries: 'pg_stat_statements',
  track_io_timing: 'on',
  fsync: 'off',
  shared_buffers: '32MB',
  max_wal_size: '256MB',
  jit: 'off',
  // The one zone that is compiled in: Debian's build reads all others from a package the machine may not have.
  timezone: 'GMT',
  log_timezone: 'GMT',
} as const;

const asFlags = (settings: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

async function findFreePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => probe.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise(resolve => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error(`not a TCP address: ${address}`);
  return address.port;
}

const isPortTaken = (reason: string): boolean => reason.includes('could not create any TCP/IP sockets');

function portTaken(port: number): StartError {
  return new StartError(
    EXIT.portTaken,
    `Port ${port} is taken: stop what listens there, or choose another port.`,
  );
}

function doesNotStart(reason: string, home: Home): StartError {
  const sentence = `PostgreSQL did not start (${reason}): see ${home.logFile}, or forget its data with \`npm run clean\`.`;
  return new StartError(EXIT.failure, sentence);
}
