/**
 * The snapshot to analyse, from a file or from a database, and the planner that will judge it.
 *
 * Errors  UsageError for files that are not what they must be; DatabaseUnreachable, CollectFailed
 */

import { readFile } from 'node:fs/promises';
import { createHypopgPlanner } from '../../../functions/adapters/planners/hypopg.ts';
import { openPgliteEngine } from '../../../functions/adapters/planners/twin/pglite-engine.ts';
import { openDatabase } from '../../../functions/adapters/postgres/open-database.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import type { OpenedPlanner } from '../../../shared/query-optimizer/analyze.ts';
import { collect } from '../../../shared/query-optimizer/collect/collect.ts';
import type { Gap, Snapshot } from '../../../shared/query-optimizer/snapshot.ts';
import { parseSnapshot } from '../../../shared/query-optimizer/snapshot-file.ts';
import { createTwinPlanner } from '../../../shared/query-optimizer/twin/twin-planner.ts';
import { readWorkloadLines } from '../../../shared/query-optimizer/workload/read-lines.ts';
import { UsageError } from '../command-line.ts';
import type { Command, Source } from './command.ts';

export interface ReadInputDeps {
  readonly clock: Clock;
  readonly onProgress: (ratio: number, words: string) => void;
}

export async function readSnapshot(command: Command, deps: ReadInputDeps): Promise<Snapshot> {
  // The file is read first: what is wrong with it is known before a database is bothered.
  const statements = command.workload === undefined ? undefined : await readWorkload(command.workload);
  const snapshot = await snapshotOf(command.source, deps);
  if (!statements) return snapshot;
  return { ...snapshot, workload: statements, gaps: snapshot.gaps.filter(isNotOfStatements) };
}

async function snapshotOf(source: Source, { clock, onProgress }: ReadInputDeps): Promise<Snapshot> {
  if (source.kind === 'file') {
    const read = parseSnapshot(await textOf(source.path));
    if (read.kind === 'invalid') throw new UsageError(`${source.path}: ${read.why}`);
    return read.snapshot;
  }
  const database = await openDatabase(source.url);
  try {
    const onPart = (name: string, done: number, of: number) => onProgress(done / of, `reading ${name}`);
    return await collect(database.reader, { clock, onPart });
  } finally {
    await database.close().catch(() => {});
  }
}

async function readWorkload(path: string) {
  const read = readWorkloadLines(await textOf(path));
  if (read.kind === 'wrong') throw new UsageError(`${path}: ${read.sentence}`);
  return read.statements;
}

async function textOf(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(cause => {
    throw new UsageError(`${path} cannot be read (${cause.code}).`, { cause });
  });
  // Editors of some systems begin a file with a mark.
  return text.replace(/^\uFEFF/, '');
}

/** With a workload of its own, the analysis lacks nothing that the server did not count. */
const isNotOfStatements = ({ part }: Gap): boolean => !part.includes('statements');

export async function openPlanner({ planner, source }: Command, snapshot: Snapshot): Promise<OpenedPlanner> {
  if (planner === 'twin' || source.kind === 'file')
    return createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
  const { session, close } = await openDatabase(source.url);
  try {
    if (!session)
      throw new UsageError('HypoPG needs a connection of its own, which Neon does not give over HTTP.');
    await session.query(CAREFUL);
    return { planner: await createHypopgPlanner(session), gaps: [] };
  } catch (error) {
    // A connection that stays open would keep the command from ending.
    await close().catch(() => {});
    throw error;
  }
}

/** The planner works out constant expressions, and whose function that calls is not known: it may neither write nor take long. */
const CAREFUL = `SELECT set_config('default_transaction_read_only', 'on', false), set_config('statement_timeout', '30000', false),
  set_config('lock_timeout', '500', false)`;
