/**
 * One night's analysis of one database: read, think, keep. It changes nothing but its own folder in the bucket.
 *
 * Shape   database (undefined: the one of the connection) -> NightSummary, a job's result
 * Errors  CollectFailed when the database cannot be read at all; those of the bucket. Everything less is a gap of the report
 * Cost    some twenty reads of the database's catalogue; the rest happens here
 */

import type { EmfLine } from '../../shared/monitoring/emf.ts';
import { type AnalyzeDeps, analyze, type OpenedPlanner } from '../../shared/query-optimizer/analyze.ts';
import { collect } from '../../shared/query-optimizer/collect/collect.ts';
import type { Snapshot } from '../../shared/query-optimizer/snapshot.ts';
import { computeDelta } from '../../shared/query-optimizer/snapshot-delta.ts';
import { formatSnapshot } from '../../shared/query-optimizer/snapshot-file.ts';
import type { OpenedDatabase } from '../adapters/postgres/open-database.ts';
import { type NightFigures, nightFigures, nightMetrics } from './analysis-metrics.ts';
import type { AnalysisStore } from './analysis-store.ts';

export interface NightDeps extends Pick<AnalyzeDeps, 'clock' | 'parser'> {
  /** Another one of the same server, or undefined for the one that was set. */
  openDatabase(database: string | undefined): Promise<Pick<OpenedDatabase, 'reader' | 'close'>>;
  openPlanner(snapshot: Snapshot): Promise<OpenedPlanner>;
  readonly store: AnalysisStore;
  readonly emit: (line: EmfLine) => void;
}

export interface NightRun {
  readonly database: string | undefined;
  /** When the report has to be there. */
  readonly endsAt: number;
  /** 0 to 1. */
  readonly onProgress: (ratio: number, words: string) => void;
}

export interface NightSummary extends NightFigures {
  readonly database: string;
  /** In the bucket. */
  readonly folder: string;
  readonly isPartial: boolean;
}

export type AnalyzeNight = (run: NightRun) => Promise<NightSummary>;

/** What proofs, the report and the bucket take after the search. */
const AFTERWARDS_MS = 60_000;
const SHORTEST_MS = 5_000;
/** Of the progress: reading the database. */
const READING = 0.1;

export function createAnalyzeNight(deps: NightDeps): AnalyzeNight {
  const { clock, store } = deps;
  return async ({ database, endsAt, onProgress }) => {
    const snapshot = await read(deps, database, onProgress);
    const { database: name } = snapshot.server;
    const counted = withLastDay(snapshot, await store.loadLast(name));
    const timeMs = Math.max(SHORTEST_MS, endsAt - AFTERWARDS_MS - clock());
    const { report, markdown, migration } = await analyze(
      counted,
      { timeMs },
      {
        ...deps,
        openPlanner: () => deps.openPlanner(snapshot),
        onProgress: (ratio, words) => onProgress(READING + (1 - READING) * ratio, words),
      },
    );
    const folder = await store.keep(name, snapshot.takenAt, {
      'report.json': JSON.stringify(report, null, 2),
      'report.md': markdown,
      'migration.up.sql': migration.up,
      'migration.down.sql': migration.down,
      // Last, so that a night which could not be kept whole is not what the next is compared with.
      'snapshot.json': formatSnapshot(snapshot),
    });
    const figures = nightFigures(counted, report);
    deps.emit(nightMetrics(figures, clock()));
    return { database: name, folder, isPartial: report.isPartial, ...figures };
  };
}

/** The connection is given back before the thinking begins: that takes minutes. */
async function read(
  { clock, openDatabase }: NightDeps,
  database: string | undefined,
  onProgress: NightRun['onProgress'],
): Promise<Snapshot> {
  const { reader, close } = await openDatabase(database);
  try {
    const onPart = (name: string, done: number, of: number) => onProgress((READING * done) / of, name);
    return await collect(reader, { clock, onPart });
  } finally {
    await close();
  }
}

/** The statements of the last day, not of the year since the counters began; indexes are unused only after weeks. */
function withLastDay(snapshot: Snapshot, last: Snapshot | undefined): Snapshot {
  if (!last) return snapshot;
  const { workload, statementsSince } = computeDelta(last, snapshot);
  return { ...snapshot, workload, statementsSince };
}
