/**
 * AVIF beside ipx's, which is sharp's own default: at a quality of ours that is at least as like the original, what it costs
 * and weighs. Both at the full width of each photograph.
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { type Compared, compareByTurns } from './by-turns.ts';
import type { Contender } from './contender.ts';
import { likeness } from './likeness.ts';
import { startIpx, startOnFolder } from './on-folder.ts';
import { type Run, verdict } from './run.ts';
import { headracePath, ipxPath, type Scenario } from './scenarios.ts';
import { PHOTOGRAPHS } from './sources.ts';

const WIDTH = 1_000;

export async function compareAvif({ folder, rounds, progress, print }: Run): Promise<void> {
  const [headrace, ipx] = await Promise.all([startOnFolder(folder), startIpx(folder)]);
  print(`\nAVIF of ${WIDTH} pixels at the SSIM of ipx's default: ms of processor, bytes`);
  try {
    for (const source of PHOTOGRAPHS) {
      progress(`AVIF of ${source}`);
      const scenario: Scenario = { name: 'AVIF', source, width: WIDTH, format: 'avif', requests: 2 };
      const theirs = await ipx.get(ipxPath(scenario, WIDTH));
      const ours = await atLeastAsLike(headrace, scenario, await originalOf(folder, scenario), theirs);
      const cost = await compareCost({ headrace, ipx, scenario, quality: ours.quality }, Math.min(rounds, 5));
      const weight = ours.bytes.byteLength / theirs.byteLength;
      print(
        `  ${source.padEnd(10)} quality ${ours.quality}  ${figures(cost)}, ${verdict(cost.ratio, 0.3)}` +
          `;  bytes ${ours.bytes.byteLength} / ${theirs.byteLength}  ${weight.toFixed(3)}, ${verdict(weight, 1.08)}`,
      );
    }
  } finally {
    await Promise.all([headrace.stop(), ipx.stop()]);
  }
}

interface Costing {
  readonly headrace: Contender;
  readonly ipx: Contender;
  readonly scenario: Scenario;
  readonly quality: number;
}

function compareCost({ headrace, ipx, scenario, quality }: Costing, rounds: number): Promise<Compared> {
  const ask = (number: number) => headrace.get(headracePath(scenario, WIDTH - 1 - number, quality));
  const askIpx = (number: number) => ipx.get(ipxPath(scenario, WIDTH - 1 - number));
  const turns = { rounds, requests: scenario.requests };
  return compareByTurns({ contender: headrace, ask }, { contender: ipx, ask: askIpx }, turns);
}

/** The lowest quality of ours that is no less like the original. */
async function atLeastAsLike(
  headrace: Contender,
  scenario: Scenario,
  original: Uint8Array,
  theirs: Uint8Array,
) {
  const wanted = await likeness(original, theirs);
  for (let quality = 40; quality <= 80; quality++) {
    const bytes = await headrace.get(headracePath(scenario, WIDTH, quality));
    if ((await likeness(original, bytes)) >= wanted) return { quality, bytes };
  }
  throw new Error(`no quality of ${scenario.source} is as like the original`);
}

async function originalOf(folder: string, { source }: Scenario): Promise<Uint8Array> {
  return sharp(await readFile(join(folder, source)))
    .resize(WIDTH)
    .png()
    .toBuffer();
}

function figures({ ms, ratio }: Compared): string {
  return `${ms.map(value => value.toFixed(0)).join(' / ')}  ${ratio.toFixed(3)}`;
}
