/**
 * The function's bundle on a folder, beside bare sharp behind node:http and beside ipx: processor time a transform, and the most
 * memory each held. Bare sharp has to give the same bytes, or nothing was compared.
 */

import { OUT_FILE } from '../../../infra/local/images/bundled.ts';
import { compareByTurns } from './by-turns.ts';
import { type Contender, startContender } from './contender.ts';
import { type Run, verdict } from './run.ts';
import { barePath, headracePath, ipxPath, qualityOf, SCENARIOS, type Scenario } from './scenarios.ts';

const here = (file: string) => new URL(file, import.meta.url).pathname;
const MiB = 1024 * 1024;

/** Widths are asked for to the pixel, so that each request is work. */
export function startOnFolder(folder: string): Promise<Contender> {
  const settings = JSON.stringify({ ladder: null, forms: ['query', 'ipx'] });
  const environment = { IMAGES_FOLDER: folder, IMAGE_SETTINGS: settings };
  return startContender('Headrace', [here('./s3-process.ts'), OUT_FILE], environment);
}

export function startIpx(folder: string): Promise<Contender> {
  return startContender('ipx', [here('./ipx-process.ts'), folder]);
}

export async function compareOnFolder({ folder, rounds, progress, print }: Run): Promise<void> {
  const headrace = await startOnFolder(folder);
  const bare = await startContender('bare sharp', [here('./bare-process.ts'), folder]);
  const ipx = await startIpx(folder);
  print('\nms of processor a transform (median of the rounds), and the ratio to each');
  try {
    for (const scenario of SCENARIOS) {
      progress(scenario.name);
      await sameBytes(headrace, bare, scenario);
      const turns = { rounds, requests: scenario.requests };
      const toBare = await compareByTurns(askHeadrace(headrace, scenario, 0), askBare(bare, scenario), turns);
      print(line(scenario.name, 'bare sharp', toBare, 1.03));
      // What ipx makes of AVIF is compared at equal likeness, below.
      if (scenario.format === 'avif') continue;
      const toIpx = await compareByTurns(askHeadrace(headrace, scenario, 400), askIpx(ipx, scenario), turns);
      print(line(scenario.name, 'ipx', toIpx, 1));
    }
    const more = (headrace.peakBytes() - bare.peakBytes()) / MiB;
    print(`peak memory above bare sharp's: ${more.toFixed(0)} MB, ${verdict(more, 60)}`);
  } finally {
    await Promise.all([headrace, bare, ipx].map(contender => contender.stop()));
  }
}

/** Widths from here on; an offset keeps one comparison's apart from another's, since the function keeps what it made. */
function askHeadrace(contender: Contender, scenario: Scenario, offset: number) {
  const quality = qualityOf(scenario);
  const ask = (number: number) =>
    contender.get(headracePath(scenario, scenario.width + offset + number, quality));
  return { contender, ask };
}

function askBare(contender: Contender, scenario: Scenario) {
  const ask = (number: number) =>
    contender.get(barePath(scenario, scenario.width + number, qualityOf(scenario)));
  return { contender, ask };
}

function askIpx(contender: Contender, scenario: Scenario) {
  const ask = (number: number) =>
    contender.get(ipxPath(scenario, scenario.width + 400 + number, qualityOf(scenario)));
  return { contender, ask };
}

async function sameBytes(headrace: Contender, bare: Contender, scenario: Scenario): Promise<void> {
  const width = scenario.width - 3;
  const one = await headrace.get(headracePath(scenario, width, qualityOf(scenario)));
  const other = await bare.get(barePath(scenario, width, qualityOf(scenario)));
  if (!Buffer.from(one).equals(other)) throw new Error(`${scenario.name}: the two encode differently`);
}

function line(
  what: string,
  peer: string,
  { ratio, ms }: { ratio: number; ms: readonly number[] },
  bar: number,
) {
  const figures = ms.map(value => value.toFixed(1).padStart(7)).join(' ');
  return `  ${what.padEnd(24)} / ${peer.padEnd(10)} ${figures}   ${ratio.toFixed(3)}, ${verdict(ratio, bar)}`;
}
