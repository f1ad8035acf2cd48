/**
 * From nothing to the first thumbnail: the function's bundle, beside a process that imports sharp and the S3 client and makes
 * the same thumbnail.
 *
 * Units   milliseconds by the wall's clock, medians of STARTS by turns
 */

import { median } from '../edge/rounds.ts';
import { type Contender, startContender } from './contender.ts';
import { startOnFolder } from './on-folder.ts';
import { type Run, verdict } from './run.ts';
import { barePath, headracePath, qualityOf, type Scenario } from './scenarios.ts';

const STARTS = 9;
const THUMBNAIL: Scenario = {
  name: 'thumbnail',
  source: 'boats.jpg',
  width: 96,
  format: 'webp',
  requests: 1,
};

export async function measureColdStart({ folder, progress, print }: Run): Promise<void> {
  progress('cold starts');
  const [ours, theirs]: [number[], number[]] = [[], []];
  const quality = qualityOf(THUMBNAIL);
  for (let start = 0; start < STARTS; start++) {
    ours.push(await timed(() => startOnFolder(folder), headracePath(THUMBNAIL, 96, quality)));
    theirs.push(await timed(() => startBare(folder), barePath(THUMBNAIL, 96, quality)));
  }
  const ratio = median(ours.map((ms, start) => ms / (theirs[start] ?? Number.NaN)));
  const figures = `${median(ours).toFixed(0)} / ${median(theirs).toFixed(0)}`;
  print(`cold start to the first thumbnail: ${figures} ms   ${ratio.toFixed(3)}, ${verdict(ratio, 1.1)}`);
}

function startBare(folder: string): Promise<Contender> {
  return startContender('bare', [new URL('./bare-process.ts', import.meta.url).pathname, folder]);
}

async function timed(start: () => Promise<Contender>, path: string): Promise<number> {
  const begunAt = performance.now();
  const contender = await start();
  await contender.get(path);
  const ms = performance.now() - begunAt;
  await contender.stop();
  return ms;
}
