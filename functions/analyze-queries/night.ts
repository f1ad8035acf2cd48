/**
 * One night's analysis of one database: read, think, keep. It changes nothing but its own folder in the bucket.
 *
 * Shape   database (undefined: the one of the connection) -> NightSummary, a job's result
 * Errors  CollectFailed when the database cannot be read at all; those of the bucket. Everything less is a gap of the report
 * Cost    some twenty reads of the database's catalogue; the rest happens here
 */

import type { EmfLine } from '../../shared/monitoring/emf.ts';
import { type AnalyzeDeps, analyze } from '../../shared/query-optimizer/analyze.ts';
import { collect, type Reader } from '../../shared/query-optimizer/collect/collect.ts';
import type { Planner } from '../../shared/query-optimizer/planner.ts';
import { sinceLast } from '../../shared/query-optimizer/since-last.ts';
import type { Snapshot } from '../../shared/query-optimizer/snapshot.ts';
import { type NightFigures, nightFigures, nightMetrics } from './analysis-metrics.ts';
import type { AnalysisStore } from './analysis-store.ts';

export interface OpenedReader {
  readonly reader: Reader;
  close(): Promise<void>;
}

export interface NightDeps extends Pick<AnalyzeDeps, 'clock' | 'parser'> {
  openReader(database: string | undefined): Promise<OpenedReader>;
  openPlanner(snapshot: Snapshot): Promise<Planner>;
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
    const counted = sinceLast(snapshot, await store.loadLast(name));
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
      'snapshot.json': JSON.stringify(snapshot),
      'report.json': JSON.stringify(report, null, 2),
      'report.md': markdown,
      'migration.up.sql': migration.up,
      'migration.down.sql': migration.down,
    });
    const figures = nightFigures(counted, report);
    deps.emit(nightMetrics(figures, clock()));
    return { database: name, folder, isPartial: report.isPartial, ...figures };
  };
}

/** The connection is given back before the thinking begins: that takes minutes. */
async function read(
  { clock, openReader }: NightDeps,
  database: string | undefined,
  onProgress: NightRun['onProgress'],
): Promise<Snapshot> {
  const { reader, close } = await openReader(database);
  try {
    const onPart = (name: string, done: number, of: number) => onProgress((READING * done) / of, name);
    return await collect(reader, { clock, onPart });
  } finally {
    await close();
  }
}
