/**
 * The bench of the edge: processor time per request of the workerd process, all subjects in one run on this machine, and
 * what the bundle weighs. Figures are for reading; no test depends on them.
 *
 * Shape   npm run bench:edge [-- rounds]
 */

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, stop } from 'esbuild';
import { workerBundle } from '../../../infra/local/edge/bundle.ts';
import { projectDir } from '../../../infra/local/paths.ts';
import { startLoader } from './load.ts';
import { measureMetrics } from './metrics-cost.ts';
import { type Measured, measureRounds, median, medianRatio } from './rounds.ts';
import { measureStartUp } from './start-up.ts';
import { startSubjects } from './subjects.ts';

const CONNECTIONS = 8;
const rounds = Number(process.argv[2] ?? 11);
const folder = await mkdtemp(join(tmpdir(), 'headrace-bench-'));
const progress = (line: string) => process.stderr.write(`${line}\n`);

try {
  progress('starting');
  const subjects = await startSubjects(folder);
  const loader = startLoader();
  const options = { rounds, connections: CONNECTIONS, onProgress: progress };
  const measured = await measureRounds(subjects.all, loader, options).finally(async () => {
    loader.stop();
    await subjects.stop();
  });
  report(measured);
  reportMetrics(await measureMetrics(folder));
  await reportWeight();
} finally {
  await rm(folder, { recursive: true });
}

function report(measured: readonly Measured[]): void {
  console.log(`\nµs of processor per request: median of ${rounds} rounds (lowest to highest)`);
  for (const { subject, usPerRequest } of measured) {
    const range = `${Math.min(...usPerRequest).toFixed(1)} to ${Math.max(...usPerRequest).toFixed(1)}`;
    console.log(`  ${subject.name.padEnd(32)} ${median(usPerRequest).toFixed(1).padStart(7)}  (${range})`);
  }
  console.log('\nratios: median over the rounds');
  reportRatio(measured, 'L1 hit', 'bare Worker', 1.4);
  reportRatio(measured, 'L1 hit', 'bare Worker, headers made once');
  reportRatio(measured, 'L1 hit', 'hono/cache hit', 0.67);
  reportRatio(measured, 'L1 hit, as a browser asks', 'bare Worker, as a browser asks');
}

function reportRatio(measured: readonly Measured[], one: string, other: string, bar?: number): void {
  const find = (name: string) => measured.find(({ subject }) => subject.name === name);
  const [first, second] = [find(one), find(other)];
  if (!first || !second) return;
  const ratio = medianRatio(first, second);
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${ratio <= bar ? 'held' : 'MISSED'}`;
  console.log(`  ${one} / ${other}: ${ratio.toFixed(2)}${verdict}`);
}

function reportMetrics(us: number): void {
  console.log(`\nwhat metrics add to a request: ${us.toFixed(2)} µs, bar 2: ${us < 2 ? 'held' : 'MISSED'}`);
}

async function reportWeight(): Promise<void> {
  progress('starting isolates');
  const bundle = await buildAsDeployed();
  const bytes = gzipSync(await readFile(bundle)).byteLength;
  console.log(`\nbundle as wrangler deploys it: ${(bytes / 1024).toFixed(1)} KB gzip, bar 200`);
  const { headrace, bare } = await measureStartUp(bundle, join(folder, 'bare.js'));
  console.log('\nstart of a process, in ms: Headrace, a bare Worker, and the difference');
  reportStart('listening, its code evaluated', headrace.listeningMs, bare.listeningMs);
  reportStart('first answer', headrace.answeredMs, bare.answeredMs, 30);
  reportStart('listening, processor time', headrace.listeningCpuMs, bare.listeningCpuMs);
  reportStart('first answer, processor time', headrace.answeredCpuMs, bare.answeredCpuMs);
}

/** On this machine names stay readable; what is deployed is shorter, and its source maps go along. */
async function buildAsDeployed(): Promise<string> {
  const outfile = join(folder, 'deployed.js');
  const entryPoints = [join(projectDir, 'edge', 'index.ts')];
  await build({ ...workerBundle, minify: true, entryPoints, outfile });
  await stop();
  return outfile;
}

function reportStart(what: string, headraceMs: number, bareMs: number, bar?: number): void {
  const more = headraceMs - bareMs;
  const figures = [headraceMs, bareMs, more].map(ms => ms.toFixed(1).padStart(6)).join(' ');
  const verdict = bar === undefined ? '' : `, bar ${bar}: ${more < bar ? 'held' : 'MISSED'}`;
  console.log(`  ${what.padEnd(32)} ${figures}${verdict}`);
}
