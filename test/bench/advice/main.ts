/**
 * `npm run bench:advice`: our advisor beside Extend and the others on one planner, judged by indexes that are really built,
 * and the bars of time and memory.
 *
 * Shape   [compare] [bars] [--workload tpch,films,saas,shop] [--scale 1] [--seed 1] -> tables; ends with 1 when ours is above
 *         another or a bar is missed, with 2 for a wrong argument
 * Cost    some ten minutes and 1 GB of disk; on Debian's PostgreSQL 15 where it can be had, else on the embedded 18
 */

import { parseArgs } from 'node:util';
import { createRealPlanner } from '../../../functions/adapters/planners/real.ts';
import { openPgliteEngine } from '../../../functions/adapters/planners/twin/pglite-engine.ts';
import { createTwinPlanner } from '../../../shared/query-optimizer/twin/twin-planner.ts';
import { measureBars } from './bars.ts';
import { dexter } from './baselines/dexter.ts';
import { extend } from './baselines/extend.ts';
import { foreignKeys } from './baselines/foreign-keys.ts';
import { singleColumns } from './baselines/single-columns.ts';
import { compare, dataBytes } from './compare.ts';
import { films } from './films/workload.ts';
import { type Host, withHost } from './host.ts';
import { ours } from './ours.ts';
import { saas } from './saas/workload.ts';
import { shop } from './shop/workload.ts';
import { formatTable, lostTo } from './table.ts';
import { tpch, tpchWhole } from './tpch/workload.ts';
import type { BenchWorkload } from './workload.ts';

/** Each with the scale that `--scale 1` stands for: some 100 MB of tables. */
const WORKLOADS: Readonly<Record<string, readonly [BenchWorkload, number]>> = {
  tpch: [tpch, 0.1],
  'tpch-whole': [tpchWhole, 0.1],
  films: [films, 0.05],
  saas: [saas, 0.1],
  shop: [shop, 0.05],
};
const SHARES = [0.05, 0.1, 0.25, 0.5, 1];
const ADVISORS = [foreignKeys, dexter, singleColumns, extend, ours];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    workload: { type: 'string', default: Object.keys(WORKLOADS).join() },
    scale: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});
const asked = positionals.length > 0 ? positionals : ['compare', 'bars'];
const unknown = [
  ...asked.filter(name => !['compare', 'bars'].includes(name)),
  ...values.workload.split(',').filter(name => !Object.hasOwn(WORKLOADS, name)),
];
if (unknown.length > 0 || !(Number(values.scale) > 0) || !Number.isInteger(Number(values.seed))) {
  console.error(
    `${unknown.join(', ') || 'scale or seed'}: give compare or bars; --workload ${Object.keys(WORKLOADS)}`,
  );
  process.exit(2);
}

const missed: string[] = [];
await withHost(async host => {
  if (asked.includes('compare'))
    for (const name of values.workload.split(',')) missed.push(...(await compareOn(host, name)));
  if (asked.includes('bars')) missed.push(...(await measureBars(host, console.log)));
});
for (const sentence of missed) console.log(`MISSED ${sentence}`);
process.exitCode = missed.length > 0 ? 1 : 0;

async function compareOn(host: Host, name: string): Promise<readonly string[]> {
  const [workload, unit] = WORKLOADS[name] ?? [tpch, 0.1];
  const size = { scale: unit * Number(values.scale), seed: Number(values.seed) };
  const { snapshot, session, asked } = await host.open(workload, size);
  const bytes = dataBytes(snapshot);
  const version = Math.floor(snapshot.server.versionNumber / 10_000);
  console.log(`\n${workload.name}: ${(bytes / 1e6).toFixed(0)} MB of tables on PostgreSQL ${version}\n`);
  const { planner } = await createTwinPlanner(await openPgliteEngine(snapshot), snapshot);
  const real = await createRealPlanner(session);
  try {
    const comparison = { snapshot, asked, planner, real, advisors: ADVISORS, shares: SHARES };
    const answers = await compare(comparison);
    console.log(formatTable(answers, bytes));
    return lostTo(answers).map(sentence => `${workload.name}: ${sentence}`);
  } finally {
    await planner.close();
  }
}
