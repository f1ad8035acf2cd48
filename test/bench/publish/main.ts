/**
 * `npm run bench:publish`: a folder of 100 MB into the local S3, and a stream of 5 GB past a store that keeps nothing.
 *
 * Shape   [folder | stream] [--share 1] -> lines; ends with 1 when a bar is missed
 * Units   bars: 30 s, and 64 MB of memory above what the same process has before it begins
 */

import { parseArgs } from 'node:util';
import { measurePublish } from './measure.ts';
import { measureStream } from './stream.ts';

const MB = 1_000_000;
const MOST_MS = 30_000;
const MOST_GROWTH_BYTES = 64 * MB;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'string', default: '1' } },
});
const asked = positionals[0] ?? 'all';
let missed = 0;

function tell(name: string, held: boolean, figures: object): void {
  if (!held) missed += 1;
  console.log(`${held ? 'held  ' : 'MISSED'} ${name}: ${JSON.stringify(figures)}`);
}

if (asked !== 'stream') {
  const { bytes, files, ms, cpuMs, unchangedMs, idleBytes, peakBytes, wrong } = await measurePublish(
    Number(values.share),
  );
  const size = `${(bytes / MB).toFixed(1)} MB in ${files} files`;
  tell(`${size} within 30 s`, ms < MOST_MS, { seconds: ms / 1_000, processorSeconds: cpuMs / 1_000 });
  tell(
    `${size} within 64 MB above idle`,
    peakBytes - idleBytes < MOST_GROWTH_BYTES,
    memoryOf(idleBytes, peakBytes),
  );
  tell('every byte that is stored is the file’s', wrong.length === 0, { wrong });
  tell('a folder that did not change', true, { seconds: unchangedMs / 1_000 });
}
if (asked !== 'folder') {
  const gigabytes = 5 * Number(values.share);
  const { ms, idleBytes, peakBytes, parts } = await measureStream(gigabytes * 1024 ** 3);
  const held = peakBytes - idleBytes < MOST_GROWTH_BYTES;
  tell(`a stream of ${gigabytes} GB within 64 MB above idle`, held, {
    seconds: ms / 1_000,
    parts,
    ...memoryOf(idleBytes, peakBytes),
  });
}
process.exitCode = missed > 0 ? 1 : 0;

function memoryOf(idleBytes: number, peakBytes: number) {
  const inMb = (bytes: number) => Number((bytes / MB).toFixed(1));
  return { idleMB: inMb(idleBytes), peakMB: inMb(peakBytes), growthMB: inMb(peakBytes - idleBytes) };
}
