/**
 * From a snapshot to a report and a migration: the whole analysis, which changes no database.
 *
 * Shape   analyze(snapshot, options, { parser, openPlanner, clock, onProgress }) -> { report, markdown, migration }
 * Errors  none that the analysis can do without: a planner that does not open or is lost is a gap of the report
 * Cost    bounded by `timeMs`, and what the proofs take beyond it
 */

import type { Clock } from '../primitives/clock.ts';
import { type Advice, advise } from './advise/advise.ts';
import { findDispensable } from './findings/dispensable.ts';
import { findUnindexedForeignKeys } from './findings/foreign-keys.ts';
import { type Migration, writeMigration } from './migration/migration.ts';
import { type AnalyzeOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { type OpenedPlanner, withPlanner } from './planning/with-planner.ts';
import { buildReport, type Findings } from './report/build.ts';
import { formatReport } from './report/markdown.ts';
import { migrationOf } from './report/migration-input.ts';
import type { Report } from './report/schema.ts';
import { trigramNote } from './report/trigram-note.ts';
import { createDeadline } from './search/deadline.ts';
import type { Gap, Snapshot } from './snapshot.ts';
import type { SqlParser } from './sql/sql-parser.ts';
import { countStatements } from './workload/open-workload.ts';

export type { OpenedPlanner };

export interface AnalyzeDeps {
  readonly parser: SqlParser;
  /** Asked for again when the first is lost. What it lacks of the source is told as gaps. */
  readonly openPlanner: () => Promise<OpenedPlanner>;
  readonly clock: Clock;
  /** How far it is, 0 to 1, and with what. */
  readonly onProgress?: (ratio: number, words: string) => void;
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
  const deadline = createDeadline(deps.clock, options.timeMs);
  const onProgress = deps.onProgress ?? (() => {});
  const asked = await withPlanner(deps.openPlanner, async planner => {
    const advising = { planner, parser: deps.parser, onProgress };
    const advice = await advise(snapshot, advising, { budgetBytes: options.budgetBytes, deadline });
    return { advice, ...(await findDispensable(snapshot, { advice, planner })) };
  });
  onProgress(1, 'done');
  const { advice, unused, redundant } =
    asked.kind === 'answered'
      ? asked.result
      : { advice: undefined, ...(await findDispensable(snapshot, undefined)) };
  const proposed = (advice?.chosen ?? []).map(({ definition }) => definition);
  return {
    advice,
    planner: asked.kind === 'answered' ? asked.name : undefined,
    unused,
    redundant,
    foreignKeys: findUnindexedForeignKeys(snapshot, proposed),
    budgetBytes: options.budgetBytes,
    dataBytes: options.dataBytes,
    gaps: [
      ...snapshot.gaps,
      ...(asked.kind === 'answered' ? asked.gaps : [lostGap(asked.why)]),
      ...(advice && !advice.isComplete ? [timeGap(advice)] : []),
    ],
    notes: [
      ...(unused.kind === 'too-young' ? [youngNote(unused.why)] : []),
      ...trigramNote(advice?.items ?? [], snapshot.server),
    ],
  };
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
