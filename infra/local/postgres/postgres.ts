/**
 * Starts PostgreSQL for one state directory: a real server on loopback whose data outlives the run.
 *
 * Errors  StartError: the programs do not run here, the directory is in use, the port is taken
 */
import { readFileSync, rmSync } from 'node:fs';
import type { Part } from '../part.ts';
import { chooseAccount } from './account.ts';
import { type Cluster, prepareCluster } from './cluster.ts';
import { ensureDatabase } from './database.ts';
import { findHome, openHome } from './home.ts';
import { embeddedPrograms, type PostgresPrograms, preparePrograms } from './programs.ts';
import { startServer } from './server.ts';
import { endSurvivors } from './survivors.ts';

export interface PostgresOptions {
  /** Belongs to this database alone; kept from run to run. */
  readonly stateDir: string;
  /** @default a free one */
  readonly port?: number;
  /** @default the PostgreSQL that npm carries */
  readonly programs?: PostgresPrograms;
  /** Gets what the user should know, as a sentence. @default nobody is told */
  readonly notice?: (sentence: string) => void;
}

export interface Postgres extends Part {
  /** Connects the superuser to the database `headrace`. */
  readonly url: string;
}

export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const cluster = openCluster(options);
  await endSurvivors(cluster.home.dataDir);
  const notice = await prepareCluster(cluster);
  if (notice) options.notice?.(notice);
  const { part, port } = await startServer(cluster, options.port);
  try {
    const password = readFileSync(cluster.home.passwordFile, 'utf8');
    return { ...part, url: await ensureDatabase({ port, password }) };
  } catch (error) {
    await part.stop();
    throw error;
  }
}

function openCluster(options: PostgresOptions): Cluster {
  const account = chooseAccount(process.getuid?.() ?? null);
  const home = openHome(options.stateDir, account);
  const programs = preparePrograms(options.programs ?? embeddedPrograms(), home.path, account);
  return { home, programs, account };
}

/** Ends what still runs on the state directory and removes its files, wherever they are. */
export async function forgetPostgres(stateDir: string): Promise<void> {
  const home = findHome(stateDir);
  if (!home) return;
  await endSurvivors(home.dataDir);
  rmSync(home.path, { recursive: true, force: true });
  rmSync(stateDir, { recursive: true, force: true });
}
