/**
 * The bench of the cache: ours beside BentoCache, cacheable and cache-manager on one Redis in one run, held to its bars.
 *
 * Shape   npm run bench:cache -> a table in Markdown; exit code 1 when a bar is missed
 */

import { formatTable, type Row } from './row.ts';
import { measureHanging } from './rows/hanging.ts';
import { measureLearned } from './rows/learned.ts';
import { measureMemory } from './rows/memory.ts';
import { measurePurgeDuringLoad } from './rows/purge-during-load.ts';
import { measureShared } from './rows/shared.ts';
import { measureStampede } from './rows/stampede.ts';
import { measureTransport } from './rows/transport.ts';
import { type BenchRedis, startBenchRedis } from './server.ts';

type Measure = (redis: BenchRedis) => Promise<Row | readonly Row[]>;

const MEASURES: Readonly<Record<string, Measure>> = {
  memory: measureMemory,
  shared: measureShared,
  learned: measureLearned,
  transport: measureTransport,
  stampede: measureStampede,
  'purge during load': measurePurgeDuringLoad,
  hanging: measureHanging,
};

const chosen = process.argv.slice(2);
// Peers' clients complain in the background about the Redis that hangs; that is a row, not a failure of the bench.
process.on('unhandledRejection', () => {});
const redis = await startBenchRedis();
const rows: Row[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  rows.push(...[await measure(redis)].flat());
}
console.log(`\n${formatTable(rows)}\n`);
const missed = rows.filter(({ held }) => !held).length;
console.log(missed === 0 ? 'Every bar is held.' : `${missed} of ${rows.length} bars are missed.`);
// Peers that wait for a Redis that hangs would keep the process alive for ever.
await redis.stop();
process.exit(missed === 0 ? 0 : 1);
