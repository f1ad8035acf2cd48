/**
 * The bench of the image function: its bundle beside bare sharp, the bare SDK and ipx, all in one run on this machine, by
 * processor time. Figures are for reading; no test depends on them.
 *
 * Shape   npm run bench:images [-- rounds]
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compareAvif } from './avif.ts';
import { measureColdStart } from './cold-start.ts';
import { compareOnFolder } from './on-folder.ts';
import { compareOnS3 } from './on-s3.ts';
import { drawSources } from './sources.ts';
import { measureBundle, measureEdge } from './weight.ts';

const rounds = Number(process.argv[2] ?? 7);
const folder = await mkdtemp(join(tmpdir(), 'headrace-bench-images-'));
const progress = (line: string) => process.stderr.write(`${line}\n`);
const print = (line: string) => console.log(line);
const run = { folder, rounds, progress, print };

try {
  await drawSources(folder);
  await compareOnFolder(run);
  await compareAvif(run);
  await compareOnS3(run);
  await measureEdge(run);
  await measureColdStart(run);
  await measureBundle(run);
} finally {
  await rm(folder, { recursive: true });
}
