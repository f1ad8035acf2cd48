/** Analyses a snapshot from a file, from the start of the process to the report, and prints what that took. */

import { readFile } from 'node:fs/promises';
import { openPgliteEngine } from '../../../functions/adapters/planners/twin/pglite-engine.ts';
import { createSqlParser } from '../../../functions/adapters/sql-parser/libpg-query.ts';
import { systemClock as clock } from '../../../shared/primitives/clock.ts';
import { analyze } from '../../../shared/query-optimizer/analyze.ts';
import { createTwinPlanner } from '../../../shared/query-optimizer/twin/twin-planner.ts';

export interface BarFigures {
  readonly seconds: number;
  readonly peakMb: number;
  readonly proposals: number;
}

const [file = ''] = process.argv.slice(2);
const snapshot = JSON.parse(await readFile(file, 'utf8'));
const openPlanner = async () => createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
const { report } = await analyze(snapshot, {}, { parser: await createSqlParser(), openPlanner, clock });
const figures: BarFigures = {
  seconds: performance.now() / 1_000,
  // The system tells kilobytes.
  peakMb: Math.round(process.resourceUsage().maxRSS / 1_024),
  proposals: report.proposals.length,
};
console.log(JSON.stringify(figures));
process.exit();
