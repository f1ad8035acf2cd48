import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFolderSources } from '../../../../functions/adapters/image-stores/folder-sources.ts';

let root: string;
let sources: ReturnType<typeof createFolderSources>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'headrace-images-'));
  await mkdir(join(root, 'in', 'folder'), { recursive: true });
  await writeFile(join(root, 'in', 'folder', 'a.jpg'), 'bytes');
  await writeFile(join(root, 'secret.txt'), 'secret');
  await symlink(join(root, 'secret.txt'), join(root, 'in', 'link.jpg'));
  await mkdir(join(root, 'out'));
  await writeFile(join(root, 'out', 'a.jpg'), 'secret');
  await symlink(join(root, 'out'), join(root, 'in', 'linked'));
  sources = createFolderSources(join(root, 'in'));
});

afterAll(() => rm(root, { recursive: true }));

it('reads a file, and knows it again', async () => {
  const read = await sources.read('folder/a.jpg', 100);
  if ('kind' in read) throw new Error(read.code);
  expect(new TextDecoder().decode(read.bytes)).toBe('bytes');
  expect(await sources.stat('folder/a.jpg')).toEqual({ etag: read.etag });
});

it('may itself be reached by a link', async () => {
  await symlink(join(root, 'in'), join(root, 'also'));
  expect(await createFolderSources(join(root, 'also')).stat('folder/a.jpg')).toHaveProperty('etag');
});

it('knows when it has changed', async () => {
  await writeFile(join(root, 'in', 'b.jpg'), 'one');
  const before = await sources.stat('b.jpg');
  await writeFile(join(root, 'in', 'b.jpg'), 'another');
  expect(await sources.stat('b.jpg')).not.toEqual(before);
});

it.each(['folder', 'no.jpg', 'folder/a.jpg/x', 'link.jpg', 'linked/a.jpg', '../secret.txt', 'x'.repeat(600)])(
  'has no source %s',
  async key => expect(await sources.read(key, 100)).toMatchObject({ code: 'IMAGE_SOURCE_MISSING' }),
);

it('reads no more than it may', async () => {
  expect(await sources.read('folder/a.jpg', 4)).toMatchObject({ code: 'IMAGE_SOURCE_TOO_LARGE' });
});
