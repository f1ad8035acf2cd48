/**
 * A stranger's project with the packed library in it: its own folder, its own node_modules, nothing of ours in reach.
 */

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildPackage } from '../../../../infra/local/package/build.ts';
import { ROOT } from '../../../rules/modules.ts';

const run = promisify(execFile);

export interface Consumer {
  readonly folder: string;
  write(path: string, text: string): Promise<string>;
  /** Standard output; rejects with what the program printed when it fails. */
  run(
    program: string,
    args: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ): Promise<string>;
  remove(): Promise<void>;
}

const PUBLISHING = [
  '@aws-sdk/client-s3',
  'esbuild',
  'file-type',
  'html-minifier-next',
  'mime',
  'sharp',
  'svgo',
  'thumbhash',
];

export async function createConsumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'headrace-consumer-'));
  await installPacked(folder);
  // What npm would install besides: the library's dependencies, and for the compiler Node's types.
  for (const name of ['undici', 'zod', 'undici-types', '@types/node']) await link(folder, name);
  // What who publishes installs.
  for (const name of PUBLISHING) await link(folder, name);
  return {
    folder,
    async write(path, text) {
      await writeFile(join(folder, path), text);
      return join(folder, path);
    },
    async run(program, args, environment = {}) {
      const env = { PATH: process.env.PATH ?? '', HOME: folder, ...environment };
      const { stdout } = await run(program, args, { cwd: folder, env }).catch(({ stdout, stderr }) => {
        throw new Error(`${program} failed:\n${stdout}${stderr}`);
      });
      return stdout;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

async function installPacked(folder: string): Promise<void> {
  const built = join(folder, 'built');
  await buildPackage(built);
  await run('npm', ['pack', built, '--pack-destination', folder, '--silent'], { cwd: folder });
  const tarball = (await readdir(folder)).find(name => name.endsWith('.tgz')) ?? '';
  const target = join(folder, 'node_modules', 'headrace');
  await mkdir(target, { recursive: true });
  await run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', target]);
  await rm(built, { recursive: true });
}

async function link(folder: string, name: string): Promise<void> {
  const place = join(folder, 'node_modules', name);
  await mkdir(dirname(place), { recursive: true });
  await symlink(join(ROOT, 'node_modules', name), place);
}
