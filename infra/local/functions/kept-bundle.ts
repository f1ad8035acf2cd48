/**
 * Builds a bundle, or takes the one that was built last while nothing it was made of has changed: a start then waits for a
 * look at a thousand files instead of for esbuild.
 *
 * Shape   esbuild's options, the folder that keeps bundles -> the bundle, in its place
 * Errors  esbuild's own, when it does not build
 * Cost    one stat a file that went into it; a build, one to three seconds, where something changed
 */

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type BuildOptions, build, version } from 'esbuild';
import { replaceFile } from '../write-file.ts';

export type BundleOrder = BuildOptions & { readonly absWorkingDir: string; readonly outfile: string };

export async function buildOrKeep(order: BundleOrder, keptIn: string): Promise<void> {
  const kept = join(keptIn, nameOf(order));
  const known = readKept(kept, order.absWorkingDir);
  if (known !== undefined) return place(order.outfile, known);
  const { metafile } = await build({ ...order, metafile: true });
  const stamps = stampsOf(Object.keys(metafile.inputs), order.absWorkingDir);
  mkdirSync(keptIn, { recursive: true });
  replaceFile(kept, `${JSON.stringify(stamps)}\n${readFileSync(order.outfile, 'utf8')}`);
}

/** What else a bundle depends on is part of its name. */
function nameOf({ outfile: _, ...order }: BundleOrder): string {
  return createHash('sha256')
    .update(version + JSON.stringify(order))
    .digest('hex');
}

/** The stamps of all that it was made of on the first line, then the bundle. */
function readKept(path: string, root: string): string | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const stamps: Stamps = JSON.parse(text.slice(0, end));
    const now = stampsOf(Object.keys(stamps), root);
    return Object.entries(stamps).every(([input, stamp]) => now[input] === stamp)
      ? text.slice(end + 1)
      : undefined;
  } catch {
    // Never built, not whole, or one of its files is gone: it is built.
    return undefined;
  }
}

type Stamps = Readonly<Record<string, string>>;

function stampsOf(inputs: readonly string[], root: string): Stamps {
  return Object.fromEntries(inputs.map(input => [input, stampOf(resolve(root, input))]));
}

function stampOf(path: string): string {
  const { size, mtimeMs, ino } = statSync(path);
  return `${size} ${mtimeMs} ${ino}`;
}

function place(outfile: string, text: string): void {
  mkdirSync(dirname(outfile), { recursive: true });
  writeFileSync(outfile, text);
}
