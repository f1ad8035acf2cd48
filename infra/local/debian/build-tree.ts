/**
 * Downloads and unpacks the programs into a tree that appears under its name only when it is whole.
 *
 * Errors  ToolFailure
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Apt, createApt, type DebianPackage } from './apt.ts';
import { fontconfigFor } from './fonts.ts';
import { PROGRAMS } from './recipe.ts';
import { allPackages, type Selection, selectPackages } from './selection.ts';
import { unpack } from './unpack.ts';
import { fontconfigFileOf, writeStamp } from './unpacked.ts';

export interface BuildOptions {
  readonly dpkgStatus: string;
  readonly signal: AbortSignal;
  readonly notice: (sentence: string) => void;
}

export async function buildTree(tree: string, { dpkgStatus, signal, notice }: BuildOptions): Promise<void> {
  removeAbandonedWork(dirname(tree));
  const work = mkdtempSync(join(dirname(tree), WORK_PREFIX));
  try {
    const apt = createApt({ directory: join(work, 'apt'), dpkgStatus, signal });
    notice('asking the package sources of this machine');
    const selection = await selectPackages(apt);
    const archives = await download(apt, allPackages(selection), {
      directory: join(work, 'archives'),
      notice,
    });
    notice('unpacking');
    const partial = join(work, 'tree');
    await Promise.all(
      PROGRAMS.map(name => unpack(archives(selection.packages[name]), join(partial, name), signal)),
    );
    complete(partial, tree, selection);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const WORK_PREFIX = 'work-';
const ABANDONED_MS = 3_600_000;
const PROGRESS_STEP = 50;

/** A killed run cannot clean up after itself; a young directory may belong to a run of another clone. */
function removeAbandonedWork(cacheDir: string): void {
  for (const name of readdirSync(cacheDir).filter(name => name.startsWith(WORK_PREFIX))) {
    const path = join(cacheDir, name);
    if (Date.now() - statSync(path).mtimeMs > ABANDONED_MS) rmSync(path, { recursive: true, force: true });
  }
}

interface DownloadOptions {
  readonly directory: string;
  readonly notice: (sentence: string) => void;
}

type FilesOf = (packages: readonly DebianPackage[]) => readonly string[];

async function download(
  apt: Apt,
  packages: readonly DebianPackage[],
  { directory, notice }: DownloadOptions,
): Promise<FilesOf> {
  mkdirSync(directory);
  let done = 0;
  await apt.download(packages, directory, () => {
    done += 1;
    if (done % PROGRESS_STEP === 0 || done === packages.length)
      notice(`package ${done} of ${packages.length}`);
  });
  return filesIn(directory);
}

/** apt writes `libx11-6_2%3a1.8.4-2_amd64.deb`: what stands before the first `_` is the package's name. */
function filesIn(directory: string): FilesOf {
  const byName = new Map(readdirSync(directory).map(file => [file.split('_')[0], join(directory, file)]));
  return packages => packages.flatMap(({ name }) => byName.get(name.split(':')[0]) ?? []);
}

/** Two runs may have built the same tree at once: the first one stays. */
function complete(partial: string, tree: string, selection: Selection): void {
  writeFileSync(fontconfigFileOf(partial), fontconfigFor(join(tree, 'chromium')));
  writeStamp(partial, { postgresMajor: selection.postgresMajor, packages: allPackages(selection) });
  if (!existsSync(tree)) renameSync(partial, tree);
}
