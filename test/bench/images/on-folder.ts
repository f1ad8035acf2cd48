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

/** Without a ladder: widths are those of the scenarios. */
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
      const ours = askHeadrace(headrace, scenario);
      print(
        line(scenario.name, 'bare sharp', await compareByTurns(ours, askBare(bare, scenario), turns), 1.03),
      );
      // What ipx makes of AVIF is compared at equal likeness, below.
      if (scenario.format === 'avif') continue;
      const theirs = askIpx(ipx, scenario);
      print(line(scenario.name, 'ipx', await compareByTurns(ours, theirs, turns), 1));
      if (scenario.format !== 'jpeg') continue;
      // ipx encodes JPEG as libjpeg does; mozjpeg takes longer for a fifth less bytes. Without it both do the same.
      const fast = askHeadrace(headrace, scenario, 'compression=fast');
      print(line(`${scenario.name}, fast`, 'ipx', await compareByTurns(fast, theirs, turns), 1));
    }
    const more = (headrace.peakBytes() - bare.peakBytes()) / MiB;
    print(`peak memory above bare sharp's: ${more.toFixed(0)} MB, ${verdict(more, 60)}`);
  } finally {
    await Promise.all([headrace, bare, ipx].map(contender => contender.stop()));
  }
}

/** Who says that he has looked for the variant gets one that is made now. */
const LOOKED = { 'x-headrace-variant': 'missing' };

function askHeadrace(contender: Contender, scenario: Scenario, more?: string) {
  const path = headracePath(scenario, scenario.width, qualityOf(scenario));
  const asked = more === undefined ? path : path.replace('format=', `${more},format=`);
  return { contender, ask: () => contender.get(asked, LOOKED) };
}

function askBare(contender: Contender, scenario: Scenario) {
  const path = barePath(scenario, scenario.width, qualityOf(scenario));
  return { contender, ask: () => contender.get(path) };
}

function askIpx(contender: Contender, scenario: Scenario) {
  const path = ipxPath(scenario, scenario.width, qualityOf(scenario));
  return { contender, ask: () => contender.get(path) };
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
