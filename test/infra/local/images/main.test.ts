/** `npm run images` as a person runs it: the bundled handler alone, on a folder. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Launched, launch, projectDir, READY } from '../../../flows/launched.ts';
import { photograph } from '../../../functions/optimize-image/pictures.ts';

let dir: string;
let serving: Launched;
let base: string;

const run = (...args: readonly string[]) =>
  launch('images', {
    stateDir: join(dir, '.headrace'),
    program: [process.execPath, join(projectDir, 'infra/local/run.mjs'), 'images', ...args],
  });

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'headrace-photos-'));
  await writeFile(join(dir, 'hill 1.jpg'), await photograph({ width: 300, height: 200 }).jpeg().toBuffer());
  serving = run('--dir', dir, '--port', '0', '--ladder', 'off');
  base = await serving.prints(READY);
});

afterAll(async () => {
  serving.process.kill('SIGTERM');
  expect(await serving.exit).toBe(0);
  await rm(dir, { recursive: true });
});

describe('a folder', () => {
  it.each([
    ['/width=123,format=webp/hill%201.jpg', 'webp', 123],
    ['/hill%201.jpg?w=77&f=png', 'png', 77],
    ['/w_50,f_jpeg/hill%201.jpg', 'jpeg', 50],
  ])('serves %s', async (path, format, width) => {
    const response = await fetch(base + path);
    expect(response.status).toBe(200);
    expect(await sharp(await response.arrayBuffer()).metadata()).toMatchObject({ format, width });
  });

  it('answers HEAD without a body, and 304 to who has the picture', async () => {
    const url = `${base}/width=60,format=webp/hill%201.jpg`;
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const again = await fetch(url, { headers: { 'if-none-match': head.headers.get('etag') ?? '' } });
    expect(again.status).toBe(304);
  });

  it.each([
    ['/width=60/no.jpg', 404],
    ['/width=60/..%2F..%2Fetc%2Fpasswd', 400],
    ['/width=1e9/hill%201.jpg', 400],
  ])('has no %s', async (path, status) => {
    expect((await fetch(base + path)).status).toBe(status);
  });
});
