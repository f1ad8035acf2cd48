/**
 * Builds the Worker into one file, as `wrangler deploy` would. It takes a tenth of a second, so it is built each time and
 * can never be stale.
 *
 * Errors  StartError when the code does not build
 */

import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuildOptions, build, stop } from 'esbuild';
import { EXIT, StartError } from '../part.ts';
import { projectDir } from '../paths.ts';

export interface EdgeBundleOptions {
  readonly stateDir: string;
  /** @default the edge's composition root */
  readonly entry?: string;
}

/** The bundle's path. */
export async function bundleEdge(options: EdgeBundleOptions): Promise<string> {
  const { stateDir, entry = join(projectDir, 'edge', 'index.ts') } = options;
  const folder = join(stateDir, 'edge');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'worker.js');
  // Another run may be reading the file that this one replaces.
  const draft = join(folder, `worker-${process.pid}.js`);
  try {
    await build({ ...workerBundle, entryPoints: [entry], outfile: draft });
  } catch (error) {
    throw buildFailed(error);
  } finally {
    // Else its process would stay as long as this one.
    await stop();
  }
  await rename(draft, file);
  return file;
}

/** How the Worker becomes one file, here and in every test that runs it. */
export const workerBundle: BuildOptions = {
  bundle: true,
  format: 'esm',
  target: 'es2024',
  conditions: ['workerd', 'worker', 'browser'],
  external: ['node:*', 'cloudflare:*'],
  legalComments: 'none',
  // Half the text to compile at each start; names stay, so that a stack in the log can be read.
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'silent',
};

function buildFailed(error: unknown): StartError {
  const { errors = [] } = error as {
    errors?: { text: string; location?: { file: string; line: number } | null }[];
  };
  const [first] = errors;
  const where = first?.location ? ` (${first.location.file}:${first.location.line})` : '';
  return new StartError(
    EXIT.failure,
    `The edge does not build: ${first?.text ?? error}${where}; correct it and start again.`,
    {
      cause: error,
    },
  );
}
