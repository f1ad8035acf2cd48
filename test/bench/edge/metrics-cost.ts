/**
 * What metrics add to a request, measured apart: processor time of a workerd that does for one request what metrics do for
 * a hundred thousand. Rows of whole requests differ by more than this from round to round.
 *
 * Shape   -> microseconds a request, median of the rounds
 * Errors  rejects when the Worker does not answer as it should
 */

import { cpuTimeUs } from './cpu-time.ts';
import { startPlainWorker } from './plain-worker.ts';
import { median } from './rounds.ts';

const TIMES = 100_000;
const ROUNDS = 9;

export async function measureMetrics(folder: string): Promise<number> {
  const worker = await startPlainWorker({ folder, name: 'metrics', headers: [], body: '' });
  const spent = async (counted: 0 | 1) => {
    const before = cpuTimeUs(worker.pid ?? 0);
    const response = await fetch(`${worker.url}/products/7?times=${TIMES}&counted=${counted}`);
    if ((await response.text()) !== 'done') throw new Error('the Worker of the bench failed');
    return cpuTimeUs(worker.pid ?? 0) - before;
  };
  try {
    await spent(1);
    const rounds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push(((await spent(1)) - (await spent(0))) / TIMES);
    return median(rounds);
  } finally {
    await worker.stop();
  }
}
