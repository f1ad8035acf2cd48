/**
 * How long an isolate takes from nothing to its first answer, above what workerd itself takes for the least Worker.
 *
 * Shape   -> milliseconds, the median of some starts of each by turns
 */

import { startEdge } from '../../../infra/local/edge/start.ts';
import { median } from './rounds.ts';

const STARTS = 7;

export interface StartUp {
  readonly headraceMs: number;
  readonly bareMs: number;
}

export async function measureStartUp(headrace: string, bare: string): Promise<StartUp> {
  const times = { headrace: [] as number[], bare: [] as number[] };
  for (let start = 0; start < STARTS; start++) {
    times.bare.push(await timeOf(bare));
    times.headrace.push(await timeOf(headrace));
  }
  return { headraceMs: median(times.headrace), bareMs: median(times.bare) };
}

async function timeOf(worker: string): Promise<number> {
  const startedAt = performance.now();
  const edge = await startEdge({
    worker,
    port: 0,
    host: '127.0.0.1',
    variables: { ORIGIN_URL: 'http://127.0.0.1:9' },
    probePath: '/api/performance/',
  });
  const ms = performance.now() - startedAt;
  await edge.stop();
  return ms;
}
