/**
 * Processor time per operation, by turns in short blocks so that whatever else the machine does falls on all alike; and
 * sequential trips, by what a wire that delays every answer adds to an operation.
 *
 * Units   microseconds of this process, all its threads together; the median of the blocks
 */
import type { BenchRedis } from './server.ts';

export interface CpuOptions {
  readonly blocks: number;
  readonly operations: number;
}

type Runs<Name extends string> = Readonly<Record<Name, () => Promise<unknown>>>;

export async function measureCpu<Name extends string>(
  runs: Runs<Name>,
  { blocks, operations }: CpuOptions,
): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[];
  const samples = new Map(names.map(name => [name, [] as number[]]));
  // The first two rounds are for the compilers, and count for nothing.
  for (let block = -2; block < blocks; block++) {
    for (const name of names) {
      const us = await cpuOf(runs[name], operations);
      if (block >= 0) samples.get(name)?.push(us);
    }
  }
  return Object.fromEntries(names.map(name => [name, median(samples.get(name) ?? [])])) as Record<
    Name,
    number
  >;
}

async function cpuOf(run: () => Promise<unknown>, operations: number): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < operations; i++) await run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / operations;
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const DELAY_MS = 20;
const REPEATS = 5;

export interface Trip<Prepared> {
  /** Connects and warms; is not timed. */
  prepare(): Promise<Prepared>;
  run(prepared: Prepared): Promise<unknown>;
  release(prepared: Prepared): Promise<unknown>;
}

export async function countSequentialTrips<Prepared>(
  redis: BenchRedis,
  trip: Trip<Prepared>,
): Promise<number> {
  const times: number[] = [];
  await redis.fail({ kind: 'delay', ms: DELAY_MS });
  for (let i = 0; i < REPEATS; i++) {
    const prepared = await trip.prepare();
    const startedAt = performance.now();
    await trip.run(prepared);
    times.push(performance.now() - startedAt);
    await trip.release(prepared);
  }
  await redis.fail({ kind: 'none' });
  return Math.floor((median(times) / DELAY_MS) * 10) / 10;
}
