import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stop } from 'esbuild';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type BundleOrder, buildOrKeep } from '../../../../infra/local/functions/kept-bundle.ts';

const folders: string[] = [];
let root: string;
let order: BundleOrder;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'headrace-kept-'));
  folders.push(root);
  await mkdir(join(root, 'of'));
  await writeFile(join(root, 'main.ts'), "export { answer } from './of/answer.ts';\n");
  await writeFile(join(root, 'of', 'answer.ts'), 'export const answer = 41;\n');
  order = {
    absWorkingDir: root,
    entryPoints: ['main.ts'],
    bundle: true,
    format: 'esm',
    outfile: outfile('a'),
  };
});
afterAll(async () => {
  await stop();
  for (const folder of folders) await rm(folder, { recursive: true });
});

const outfile = (name: string) => join(root, 'out', name, 'index.mjs');
const keptIn = () => join(root, 'kept');
const bundled = async (name: string, more: Partial<BundleOrder> = {}) => {
  await buildOrKeep({ ...order, ...more, outfile: outfile(name) }, keptIn());
  return readFile(outfile(name), 'utf8');
};
/** What is kept of `answer = 41` says 43: whoever sees 43 has not built. */
async function mark(): Promise<void> {
  for (const name of await readdir(keptIn())) {
    const file = join(keptIn(), name);
    await writeFile(file, (await readFile(file, 'utf8')).replace('answer = 41', 'answer = 43'));
  }
}

test('takes what was built last, into any place', async () => {
  const first = await bundled('a');
  expect(await bundled('b')).toBe(first);
  await mark();
  expect(await bundled('c')).toContain('answer = 43');
});

test('builds anew when a file that went into it has changed, or is gone', async () => {
  await bundled('a');
  await mark();
  await writeFile(join(root, 'of', 'answer.ts'), 'export const answer = 4_200;\n');
  expect(await bundled('b')).toContain('answer = 4200');
  await rm(join(root, 'of', 'answer.ts'));
  await expect(bundled('c', { logLevel: 'silent' })).rejects.toThrow('Could not resolve "./of/answer.ts"');
});

test('builds anew with other options', async () => {
  await bundled('a');
  await mark();
  expect(await bundled('b', { minifyWhitespace: true })).toContain('answer=41');
});

test('builds where what was kept is not whole', async () => {
  const whole = await bundled('a');
  for (const name of await readdir(keptIn())) await writeFile(join(keptIn(), name), '{"main.ts":');
  expect(await bundled('b')).toBe(whole);
});
