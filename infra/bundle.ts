/**
 * How a function becomes one file: the same esbuild options for the local stack and for the cloud, so what was tried here
 * is what runs there. The AWS SDK is bundled too: its version is then the lock file's, not the runtime's of that day.
 */

import type { BuildOptions } from 'esbuild';
import type { BesideBundle } from './specs.ts';

export const functionBundle = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  // They bring a program for each machine they run on, or WebAssembly and data that they read: installed beside the bundle.
  external: ['sharp', '@electric-sql/pglite', 'libpg-query'] satisfies BesideBundle[],
  // Of packages that have both, the modules: what nobody calls is left out, which of the SDK is most.
  mainFields: ['module', 'main'],
  // A third less text to compile at each cold start. Names stay: a stack trace names the functions a person wrote.
  minifySyntax: true,
  minifyWhitespace: true,
  // A bundled CommonJS dependency still calls require(), which an ES module does not have.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
} satisfies BuildOptions;

/** The bundle's file name; with it the Lambda handler setting is `index.handler`. */
export const bundledFile = 'index.mjs';
