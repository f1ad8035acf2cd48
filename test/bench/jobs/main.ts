/**
 * `npm run bench:jobs`: the bars of the job engine, and what was measured.
 *
 * Shape   [all | killed | enqueueMany | model | faults | duplicates | backoff] [--jobs 10000] -> lines, each with its size;
 *         ends with 1 when a bar is missed, with 2 when nothing of that name is measured
 * Cost    10,000 of everything, but for 1,000 jobs with killed consumers: those may take a minute and more a thousand, and
 *         `--jobs 10000` plays them at full size too
 */

import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { decideBackoffMs } from '../../../shared/jobs/worker/backoff.ts';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';
import { createTestEngine } from '../../shared/jobs/engine.ts';
import { createTheatre, histories } from '../../shared/jobs/model/history.ts';
import { PLACES, runFaults, TROUBLES } from './faults.ts';
import { runKilled } from './killed.ts';
import { measureEnqueueMany } from './rows/enqueue-many.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { jobs: { type: 'string' }, consumers: { type: 'string', default: '4' } },
});
const count = Number(values.jobs ?? 10_000);
const killedCount = Number(values.jobs ?? 1_000);
const asked = positionals[0] ?? 'all';
let missed = 0;

function tell(name: string, held: boolean, figures: object): void {
  if (!held) missed += 1;
  console.log(`${held ? 'held  ' : 'MISSED'} ${name}: ${JSON.stringify(figures)}`);
}

const BARS: Readonly<Record<string, () => Promise<void>>> = {
  async backoff() {
    const backoff = { baseMs: 2_000, capMs: 900_000 };
    for (const attempt of [1, 3, 6, 12]) {
      const bound = Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempt - 1));
      const waits = Array.from({ length: count }, () => decideBackoffMs(backoff, attempt, Math.random));
      const [least, most] = [Math.min(...waits), Math.max(...waits)];
      const mean = Math.round(waits.reduce((sum, ms) => sum + ms, 0) / waits.length);
      const distinct = new Set(waits).size;
      const held = least >= 0 && most <= bound && Math.abs(mean / bound - 0.5) < 0.03;
      tell(`backoff of attempt ${attempt}`, held, { bound, least, most, mean, distinct, of: waits.length });
    }
  },
  async duplicates() {
    let runs = 0;
    const tasks = { reports: async () => void runs++ };
    const { jobs, run, memory } = await createTestEngine({ clock: createTestClock(), tasks });
    await jobs.enqueue('reports', { report: 'a', format: 'csv' });
    const [delivery] = memory.receive({ type: 'reports', lane: 'normal' });
    const all = delivery ? Array.from({ length: 1_000 }, () => delivery) : [];
    await run('reports', all, { lane: 'normal', stopAt: Number.MAX_SAFE_INTEGER });
    tell('1,000 duplicate deliveries', runs === 1, { deliveries: all.length, runs });
  },
  async faults() {
    for (const place of PLACES) {
      for (const kind of TROUBLES) {
        const figures = await runFaults({
          place,
          kind,
          jobs: 200,
          ratio: 0.3,
          random: createSeededRandom(1),
        });
        tell(`${place.name}, ${kind}`, figures.lost === 0, figures);
      }
    }
  },
  async model() {
    const theatre = await createTheatre(await createEngineRedis(createTestClock()));
    const begunAt = performance.now();
    let played = 0;
    await fc.assert(
      fc.asyncProperty(histories, async steps => {
        await theatre.play(steps);
        played += 1;
        if (played % 1_000 === 0) console.log(`       ${played} histories`);
      }),
      { numRuns: count },
    );
    tell('model histories', played === count, { played, seconds: seconds(performance.now() - begunAt) });
  },
  async enqueueMany() {
    const { held, ...figures } = await measureEnqueueMany({ jobs: count });
    tell('enqueueMany beside bare SendMessageBatch', held, figures);
  },
  async killed() {
    const consumers = Number(values.consumers);
    let told = 0;
    const onProgress = (line: string) => {
      if (told++ % 20 === 0) console.log(`       ${line}`);
    };
    const figures = await runKilled({
      jobs: killedCount,
      consumers,
      killRatio: 0.1,
      visibilitySeconds: 6,
      onProgress,
    });
    const { accepted, succeeded, stuck, dead, effects, kills, attempts, ms } = figures;
    const lost = accepted - succeeded - dead - stuck;
    const held =
      accepted === killedCount && succeeded === killedCount && stuck === 0 && effects === killedCount;
    const ratio = Math.round((1_000 * kills) / attempts) / 10;
    tell('consumers killed', held, {
      jobs: killedCount,
      consumers,
      accepted,
      succeeded,
      lost,
      stuck,
      dead,
      effects,
      kills,
      attempts,
      killedPercent: ratio,
      seconds: seconds(ms),
    });
  },
};

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}

if (!Number.isInteger(count) || count < 1) {
  console.error('--jobs must be a whole number from 1');
  process.exit(2);
}
if (asked !== 'all' && !(asked in BARS)) {
  console.error(`There is no bar ${asked}: ask for all, ${Object.keys(BARS).join(', ')}`);
  process.exit(2);
}
for (const [name, run] of Object.entries(BARS)) if (asked === 'all' || asked === name) await run();
process.exit(missed === 0 ? 0 : 1);
