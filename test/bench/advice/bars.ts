/**
 * The bars of time and memory, each measured on a process of its own that does what `npm run analyze` does from a snapshot.
 *
 * Shape   host -> bars that were missed
 */

import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { BarFigures } from './bar-process.ts';
import { films } from './films/workload.ts';
import type { Host } from './host.ts';
import { many } from './many/workload.ts';
import { tpchNinety } from './tpch/workload.ts';
import type { BenchWorkload } from './workload.ts';

interface Bar {
  readonly workload: BenchWorkload;
  readonly scale: number;
  readonly mostSeconds: number;
}

const MOST_MB = 1_536;
const BARS: readonly Bar[] = [
  { workload: tpchNinety, scale: 0.05, mostSeconds: 120 },
  { workload: films, scale: 0.02, mostSeconds: 120 },
  // A minute more than ninety queries may take.
  { workload: many, scale: 0.05, mostSeconds: 180 },
];

export async function measureBars(host: Host, say: (line: string) => void): Promise<readonly string[]> {
  const missed: string[] = [];
  for (const { workload, scale, mostSeconds } of BARS) {
    const { snapshot } = await host.open(workload, { scale, seed: 1 });
    const { seconds, peakMb, proposals, ...rest } = await measure(JSON.stringify(snapshot));
    const figures = `${seconds.toFixed(1)} s of ${mostSeconds}, ${peakMb} MB of ${MOST_MB}, ${proposals} proposals`;
    say(`${workload.name}: ${figures} ${JSON.stringify(rest)}`);
    if (seconds > mostSeconds || peakMb > MOST_MB) missed.push(`${workload.name}: ${figures}`);
  }
  return missed;
}

async function measure(snapshot: string): Promise<BarFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-bar-'));
  try {
    const file = join(folder, 'snapshot.json');
    await writeFile(file, snapshot);
    const program = new URL('./bar-process.ts', import.meta.url).pathname;
    const { stdout } = await promisify(execFile)(process.execPath, [program, file], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  } finally {
    await rm(folder, { recursive: true });
  }
}
