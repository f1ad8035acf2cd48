/**
 * Bundles every function of the topology with the options of the cloud, each into a folder of its own; those that share an
 * entry are built once.
 *
 * Shape   topology, folder -> task roots by function
 * Errors  StartError with esbuild's first message: the file, the line and what is wrong there
 */

import { copyFile, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildFailure, build, stop } from 'esbuild';
import { bundledFile, functionBundle } from '../../bundle.ts';
import type { Topology } from '../../check-topology.ts';
import { EXIT, StartError } from '../part.ts';
import { projectDir } from '../paths.ts';
import { type BundleOrder, buildOrKeep } from './kept-bundle.ts';

export interface BundlingOptions {
  readonly functions: Topology['functions'];
  /** What the topology's entries are relative to. */
  readonly root: string;
  readonly outDir: string;
  /** Where bundles are kept from one start to the next. @default nowhere */
  readonly keptIn?: string | undefined;
}

export async function bundleFunctions({
  functions,
  root,
  outDir,
  keptIn,
}: BundlingOptions): Promise<ReadonlyMap<string, string>> {
  const taskRoots = new Map(Object.keys(functions).map(name => [name, join(outDir, name)]));
  const byEntry = Map.groupBy(Object.keys(functions), name => functions[name]?.entry ?? '');
  await Promise.all(
    [...byEntry].map(([entry, [first = '', ...others]]) => {
      const outfile = join(outDir, first, bundledFile);
      const order: BundleOrder = {
        ...functionBundle,
        logLevel: 'silent',
        absWorkingDir: root,
        entryPoints: [entry],
        outfile,
      };
      return (keptIn === undefined ? build(order) : buildOrKeep(order, keptIn)).then(
        () => Promise.all(others.map(name => copyTo(join(outDir, name), outfile))),
        error => {
          throw new StartError(EXIT.failure, explain(first, error), { cause: error });
        },
      );
    }),
  );
  // esbuild keeps a process for the next build; there is none.
  await stop();
  await Promise.all([...taskRoots.values()].map(installBeside));
  return taskRoots;
}

/** Functions of one entry are one file: they differ by their environment. */
async function copyTo(taskRoot: string, bundle: string): Promise<void> {
  await mkdir(taskRoot, { recursive: true });
  await copyFile(bundle, join(taskRoot, bundledFile));
}

/** What is not bundled is looked for beside the bundle, as in Lambda: there lies what this project has installed. */
async function installBeside(taskRoot: string): Promise<void> {
  const link = join(taskRoot, 'node_modules');
  await rm(link, { force: true, recursive: true });
  await symlink(join(projectDir, 'node_modules'), link, 'dir');
}

function explain(name: string, { errors }: BuildFailure): string {
  const { text, location } = errors?.[0] ?? {};
  const where = location ? `${location.file}:${location.line}: ` : '';
  return `The function ${name} cannot be bundled: ${where}${text ?? 'esbuild did not run'}.`;
}
