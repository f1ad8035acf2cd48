/**
 * Builds the library that applications import: the cache, one bundle for Node and one for Workers over what they share; the
 * client; declarations; and a package.json of its own, so that `npm publish dist` carries none of the project.
 *
 * Shape   folder to write -> the same folder, emptied and filled
 * Errors  esbuild's and the compiler's, as they print them
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { manifestOfPackage } from './manifest.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const ENTRIES = {
  node: join(ROOT, 'functions', 'cache.ts'),
  worker: join(ROOT, 'edge', 'cache.ts'),
  client: join(ROOT, 'shared', 'client', 'client.ts'),
  monitoring: join(ROOT, 'shared', 'monitoring', 'public.ts'),
  images: join(ROOT, 'shared', 'images', 'public.ts'),
  publishing: join(ROOT, 'functions', 'publishing.ts'),
};
/** Node's HTTP client is the importer's own copy; everything else is inside. */
const EXTERNAL = ['undici'] as const;
/** Asked for by `headrace/publishing` alone: whoever imports it installs what they use. */
const OPTIONAL = [
  '@aws-sdk/client-s3',
  'esbuild',
  'file-type',
  'html-minifier-next',
  'mime',
  'sharp',
  'svgo',
  'thumbhash',
] as const;
/** The client's types are read off the schemas of the API. */
const IN_TYPES = ['zod'] as const;

export async function buildPackage(outDir: string): Promise<void> {
  await rm(outDir, { recursive: true, force: true });
  await build({
    entryPoints: ENTRIES,
    outdir: outDir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    external: [...EXTERNAL, ...OPTIONAL, 'node:*'],
    sourcemap: true,
    chunkNames: 'shared-[hash]',
    logLevel: 'warning',
  });
  await declare(join(outDir, 'types'));
  const project = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const manifest = manifestOfPackage(project, { needed: [...EXTERNAL, ...IN_TYPES], optional: OPTIONAL });
  await writeFile(join(outDir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  await copyFile(join(ROOT, 'LICENSE'), join(outDir, 'LICENSE'));
}

async function declare(outDir: string): Promise<void> {
  const compiler = join(ROOT, 'node_modules', '.bin', 'tsc');
  const args = ['-p', join(import.meta.dirname, 'tsconfig.json'), '--outDir', outDir];
  const [code] = await once(spawn(compiler, args, { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error(`the compiler ended with code ${code}`);
}
