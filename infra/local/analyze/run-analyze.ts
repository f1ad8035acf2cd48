/**
 * Reads, analyses, writes, and says in a few lines what came of it.
 *
 * Shape   command -> exit code: 0 done, 3 done in part
 * Errors  UsageError; what the database throws where nothing at all could be read
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSqlParser } from '../../../functions/adapters/sql-parser/libpg-query.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { analyze } from '../../../shared/query-optimizer/analyze.ts';
import type { Report } from '../../../shared/query-optimizer/report/schema.ts';
import type { Snapshot } from '../../../shared/query-optimizer/snapshot.ts';
import { formatSnapshot } from '../../../shared/query-optimizer/snapshot-file.ts';
import type { Bar } from '../jobs/bar.ts';
import { EXIT } from '../part.ts';
import type { Command } from './command.ts';
import { openPlanner, readSnapshot } from './read-input.ts';
import { cannotWrite, prepareFolder, writeOutput } from './write-output.ts';

export const PARTIAL = 3;

export interface RunAnalyzeDeps {
  readonly clock: Clock;
  readonly bar: Bar;
  readonly say: (sentence: string) => void;
}

/** Of the bar, for reading. */
const READING = 10;

export async function runAnalyze(command: Command, { clock, bar, say }: RunAnalyzeDeps): Promise<number> {
  const report = await work(command, { clock, bar }).finally(() => bar.end());
  for (const sentence of summaryOf(report, command.out)) say(sentence);
  return report.isPartial ? PARTIAL : EXIT.stopped;
}

async function work(command: Command, { clock, bar }: Omit<RunAnalyzeDeps, 'say'>): Promise<Report> {
  await prepareFolder(command.out);
  bar.show(0, 'reading');
  const onProgress = (ratio: number, words: string) => bar.show(READING * ratio, words);
  const snapshot = await readSnapshot(command, { clock, onProgress });
  if (command.saveSnapshot !== undefined) await saveSnapshot(command.saveSnapshot, snapshot);
  bar.show(READING, 'making the planner ready');
  const analysis = await analyze(snapshot, command.options, {
    parser: await createSqlParser(),
    openPlanner: () => openPlanner(command, snapshot),
    clock,
    onProgress: (ratio, words) => bar.show(READING + (100 - READING) * ratio, words),
  });
  await writeOutput(command.out, analysis);
  return analysis.report;
}

/** For its owner alone: statistics have values of columns in them. */
async function saveSnapshot(path: string, snapshot: Snapshot): Promise<void> {
  await writeFile(path, formatSnapshot(snapshot), { mode: 0o600 }).catch(cause => {
    throw cannotWrite('--save-snapshot', path, cause);
  });
}

export function summaryOf({ proposals, summary, gaps }: Report, out: string): readonly string[] {
  const many = `${proposals.length} ${proposals.length === 1 ? 'index' : 'indexes'}`;
  const gain = `: the workload would cost ${summary.relativeCost.toFixed(1)} % of today's`;
  return [
    `${many} proposed${proposals.length > 0 ? gain : ''}. Begin with ${join(out, 'report.md')}.`,
    ...gaps.map(({ part, why, remedy }) => `Not done in full: ${part}: ${why} ${remedy}`),
  ];
}
