/**
 * From a snapshot to a report and a migration: the whole analysis, which changes no database.
 *
 * Shape   analyze(snapshot, options, { parser, openPlanner, clock, onProgress }) -> { report, markdown, migration }
 * Errors  none that the analysis can do without: a planner that does not open or is lost is a gap of the report
 * Cost    bounded by `timeMs`, and what the proofs take beyond it
 */

import type { Clock } from '../primitives/clock.ts';
import { type Advice, advise } from './advise/advise.ts';
import { findUnindexedForeignKeys } from './findings/foreign-keys.ts';
import { proveRedundant } from './findings/prove-redundant.ts';
import { findRedundant } from './findings/redundant.ts';
import { findReplaced } from './findings/replaced.ts';
import { findUnused } from './findings/unused.ts';
import { type Migration, writeMigration } from './migration/migration.ts';
import { type AnalyzeOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { type Planner, PlannerGone } from './planner.ts';
import { buildReport, type Findings } from './report/build.ts';
import { formatReport } from './report/markdown.ts';
import { migrationOf } from './report/migration-input.ts';
import type { Report } from './report/schema.ts';
import { trigramNote } from './report/trigram-note.ts';
import { createDeadline } from './search/deadline.ts';
import type { Gap, Snapshot } from './snapshot.ts';
import type { SqlParser } from './sql/sql-parser.ts';
import { countStatements } from './workload/open-workload.ts';

export interface AnalyzeDeps {
  readonly parser: SqlParser;
  /** Asked for again when the first is lost. What it lacks of the source is told as gaps. */
  readonly openPlanner: () => Promise<OpenedPlanner>;
  readonly clock: Clock;
  /** How far it is, 0 to 1, and with what. */
  readonly onProgress?: (ratio: number, words: string) => void;
}

export interface OpenedPlanner {
  readonly planner: Planner;
  readonly gaps: readonly Gap[];
}

export interface Analysis {
  readonly report: Report;
  readonly markdown: string;
  readonly migration: Migration;
}

export async function analyze(
  snapshot: Snapshot,
  options: AnalyzeOptions,
  deps: AnalyzeDeps,
): Promise<Analysis> {
  const resolved = resolveOptions(options, snapshot);
  const findings = await find(snapshot, resolved, deps);
  const report = buildReport(snapshot, findings);
  const migration = writeMigration(migrationOf(snapshot, findings, resolved), deps.parser);
  return { report, markdown: formatReport(report), migration };
}

async function find(snapshot: Snapshot, options: ResolvedOptions, deps: AnalyzeDeps): Promise<Findings> {
  const judged = await judge(snapshot, options, deps);
  const { advice } = judged;
  const used = new Set((advice?.items ?? []).flatMap(({ before }) => before.usedExisting));
  const unused = findUnused(snapshot, used);
  const gone = new Set(unused.kind === 'known' ? unused.indexes : []);
  const proposed = (advice?.chosen ?? []).map(({ definition }) => definition);
  return {
    ...judged,
    unused,
    redundant: [
      ...judged.redundant.map(finding => ({ ...finding, byProposal: false })),
      ...findReplaced(snapshot.indexes, proposed).map(finding => ({ ...finding, byProposal: true })),
    ].filter(({ index }) => !gone.has(index)),
    foreignKeys: findUnindexedForeignKeys(snapshot, proposed),
    budgetBytes: options.budgetBytes,
    dataBytes: options.dataBytes,
    gaps: [...snapshot.gaps, ...judged.gaps],
    notes: [
      ...(unused.kind === 'too-young' ? [youngNote(unused.why)] : []),
      ...trigramNote(advice?.items ?? [], snapshot.server),
    ],
  };
}

type Judged = Pick<Findings, 'advice' | 'planner' | 'redundant' | 'gaps'>;

/** A planner that is lost is opened once more: what took it away may be over. */
async function judge(snapshot: Snapshot, options: ResolvedOptions, deps: AnalyzeDeps): Promise<Judged> {
  const deadline = createDeadline(deps.clock, options.timeMs);
  const onProgress = deps.onProgress ?? (() => {});
  const redundant = findRedundant(snapshot.indexes).map(finding => ({ ...finding, byProposal: false }));
  let why = '';
  for (let attempt = 0; attempt < 2; attempt++) {
    const opened = await open(deps);
    if ('why' in opened)
      return { advice: undefined, planner: undefined, redundant, gaps: [lostGap(opened.why)] };
    try {
      const { planner } = opened;
      const advice = await advise(
        snapshot,
        { planner, parser: deps.parser, onProgress },
        { budgetBytes: options.budgetBytes, deadline },
      );
      const proven = await proveRedundant(redundant, advice.items, planner);
      onProgress(1, 'done');
      return {
        advice,
        planner: planner.name,
        redundant: proven.map(finding => ({ ...finding, byProposal: false })),
        gaps: [...opened.gaps, ...(advice.isComplete ? [] : [timeGap(advice)])],
      };
    } catch (error) {
      if (!(error instanceof PlannerGone)) throw error;
      why = error.message;
    } finally {
      await opened.planner.close().catch(() => {});
    }
  }
  return { advice: undefined, planner: undefined, redundant, gaps: [lostGap(why)] };
}

async function open({ openPlanner }: AnalyzeDeps): Promise<OpenedPlanner | { readonly why: string }> {
  try {
    return await openPlanner();
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
}

const lostGap = (why: string): Gap => ({
  part: 'planner',
  why,
  remedy: 'Run the analysis again; with another planner (--planner hypopg) where this one cannot start.',
});

const timeGap = ({ searched, items }: Advice): Gap => ({
  part: 'search',
  why: `The time was over before everything was tried (${countStatements(items.slice(0, searched))} of ${countStatements(items)} statements searched): this is the best found until then.`,
  remedy: 'Give it more time (--time 5m).',
});

const youngNote = (why: string): Gap => ({
  part: 'unused indexes',
  why: `None is called unused: ${why}.`,
  remedy: 'Run it again when the server has counted for 14 days.',
});
