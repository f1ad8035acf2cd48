/** A folder into S3: what goes when, as what, and what does not go. */

import { randomBytes } from 'node:crypto';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import { APP, placeIn, SITE, WORDS } from './place.ts';
import { BUCKET, openStage, type Stage, watchWrites, writeFiles } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const place = (store?: AssetStore) => placeIn(stage, store);

async function stored(key: string) {
  const { endpoint, region, credentials } = stage.aws;
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    const found = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    return { ...found, bytes: Buffer.from((await found.Body?.transformToByteArray()) ?? []) };
  } finally {
    s3.destroy();
  }
}

describe('a folder', () => {
  it('goes in an order in which no page is there before what it names', async () => {
    const { store, written } = watchWrites(stage.store);
    const { prefix, publish } = place(store);
    await publish(await stage.folder(SITE));
    const order = written.map(key => key.slice(prefix.length)).filter(key => !key.startsWith('.headrace/'));
    const at = (key: string) => order.indexOf(key);
    expect(order.slice(0, 3).sort()).toEqual([APP, `${APP}.br`, `${APP}.gz`].sort());
    expect(at(APP)).toBe(2);
    expect(at('site.css')).toBeGreaterThan(at('logo.png'));
    expect(order.slice(-2).sort()).toEqual(['docs/index.html', 'index.html']);
  });

  it('says of each file what it is and how long it may be kept', async () => {
    const { prefix, publish } = place();
    await publish(await stage.folder(SITE), { tags: ['site', 'v2'] });
    expect(await stored(`${prefix}${APP}`)).toMatchObject({
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
      Metadata: { 'cache-tag': 'site,v2' },
    });
    expect(await stored(`${prefix}index.html`)).toMatchObject({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'public, max-age=60, s-maxage=600',
    });
  });

  it('has its texts in brotli and gzip beside them', async () => {
    const { prefix, publish } = place();
    await publish(await stage.folder(SITE));
    const br = await stored(`${prefix}${APP}.br`);
    const gz = await stored(`${prefix}${APP}.gz`);
    expect([br.ContentEncoding, gz.ContentEncoding]).toEqual(['br', 'gzip']);
    expect(br.ContentType).toBe('text/javascript; charset=utf-8');
    expect(brotliDecompressSync(br.bytes).toString()).toBe(SITE[APP]);
    expect(gunzipSync(gz.bytes).toString()).toBe(SITE[APP]);
  });

  it('tells caches of names that stayed the same, and of no other', async () => {
    const { told, publish } = place();
    await publish(await stage.folder(SITE));
    expect(told).toEqual([
      ['.well-known/security.txt', 'docs/index.html', 'index.html', 'logo.png', 'site.css'],
    ]);
  });

  it('that did not change is left alone', async () => {
    const { told, publish } = place();
    const folder = await stage.folder(SITE);
    await publish(folder);
    const { store, written } = watchWrites(stage.store);
    const again = await publish(folder, {}, store);
    expect(written).toEqual([]);
    expect(again.plan.unchanged).toHaveLength(6);
    expect(told).toHaveLength(1);
  });

  it('that changed in one file sends that one', async () => {
    const { told, wordsOf, publish } = place();
    const folder = await stage.folder(SITE);
    await publish(folder);
    await writeFiles(folder, { 'site.css': 'body{color:red}' });
    const { sent } = await publish(folder);
    expect(sent).toEqual(['site.css']);
    expect(told.at(-1)).toEqual(['site.css']);
    expect(await wordsOf('site.css')).toBe('body{color:red}');
  });

  it('goes again where what is said of its files changed', async () => {
    const { prefix, publish } = place();
    const folder = await stage.folder({ 'a.txt': 'a' });
    await publish(folder);
    const { sent } = await publish(folder, { cacheControl: 'no-store' });
    expect(sent).toEqual(['a.txt']);
    expect(await stored(`${prefix}a.txt`)).toMatchObject({ CacheControl: 'no-store' });
  });

  it('is only told about in a dry run', async () => {
    const { store, written } = watchWrites(stage.store);
    const { told, publish } = place(store);
    const outcome = await publish(await stage.folder(SITE), { dryRun: true });
    expect(outcome.plan.steps.flat()).toHaveLength(6);
    expect(outcome.told).toHaveLength(5);
    expect([written, told]).toEqual([[], []]);
  });

  it('keeps what is gone from it until asked to prune, then takes the forms along', async () => {
    const { told, wordsOf, publish } = place();
    const folder = await stage.folder({ 'old.txt': WORDS, 'index.html': 'x' });
    await publish(folder);
    await rm(join(folder, 'old.txt'));
    await publish(folder);
    expect(await wordsOf('old.txt')).toBe(WORDS);
    const { removed } = await publish(folder, { prune: true });
    expect(removed).toEqual(['old.txt']);
    expect(await Promise.all(['old.txt', 'old.txt.br', 'old.txt.gz'].map(wordsOf))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(told.at(-1)).toEqual(['old.txt']);
  });

  it('that is empty, or no folder, is refused before anything is removed', async () => {
    const { publish, wordsOf } = place();
    await publish(await stage.folder({ 'index.html': 'x' }));
    await expect(publish(await stage.folder({}), { prune: true })).rejects.toThrow('no file to publish');
    await expect(publish('/no/such/folder')).rejects.toThrow('/no/such/folder is no folder');
    expect(await wordsOf('index.html')).toBe('x');
  });

  it('with tags that no cache could have, or more than a CDN keeps, is refused before anything is sent', async () => {
    const { store, written } = watchWrites(stage.store);
    const { publish } = place(store);
    const folder = await stage.folder({ 'a.txt': 'a' });
    await expect(publish(folder, { tags: ['two words'] })).rejects.toMatchObject({ code: 'ASSET_INVALID' });
    const many = Array.from({ length: 51 }, (_, at) => `t${at}`);
    await expect(publish(folder, { tags: many })).rejects.toThrow('50 tags, not 51');
    expect(written).toEqual([]);
  });

  it('takes the progress up to the last byte', async () => {
    const { publish } = place();
    const seen: string[] = [];
    await publish(await stage.folder({ 'a.txt': 'aaa', 'b.html': 'bb' }), {
      onProgress: ({ doneBytes, totalBytes, doneFiles, totalFiles }) =>
        seen.push(`${doneBytes}/${totalBytes} ${doneFiles}/${totalFiles}`),
    });
    expect([seen[0], seen.at(-1)]).toEqual(['0/5 0/2', '5/5 2/2']);
  });
});

describe('a form that is out of date', () => {
  it('is removed with the text that no longer needs one', async () => {
    const { publish, wordsOf } = place();
    const folder = await stage.folder({ 'notes.txt': WORDS });
    await publish(folder);
    await writeFiles(folder, { 'notes.txt': 'short' });
    await publish(folder);
    expect(await wordsOf('notes.txt')).toBe('short');
    expect(await wordsOf('notes.txt.br')).toBeUndefined();
    expect(await wordsOf('notes.txt.gz')).toBeUndefined();
  });

  it('that the folder brought is taken in place of one made here', async () => {
    const { prefix, publish } = place();
    const folder = await stage.folder({ 'a.css': WORDS, 'a.css.br': 'brought', 'b.tar.gz': 'an archive' });
    await publish(folder);
    expect(await stored(`${prefix}a.css.br`)).toMatchObject({
      ContentType: 'text/css; charset=utf-8',
      ContentEncoding: 'br',
      bytes: Buffer.from('brought'),
    });
    expect(gunzipSync((await stored(`${prefix}a.css.gz`)).bytes).toString()).toBe(WORDS);
    expect((await stored(`${prefix}b.tar.gz`)).ContentEncoding).toBeUndefined();
    await rm(join(folder, 'a.css.br'));
    await publish(folder, { prune: true });
    expect(brotliDecompressSync((await stored(`${prefix}a.css.br`)).bytes).toString()).toBe(WORDS);
  });
});

describe('a name', () => {
  it('may be in any script, and is composed', async () => {
    const { wordsOf, publish } = place();
    await publish(await stage.folder({ 'Bu\u0308cher/東京 1.txt': 'books' }));
    expect(await wordsOf('Bücher/東京 1.txt')).toBe('books');
  });

  it('that a URL could not tell from another is refused', async () => {
    const { publish } = place();
    const folder = await stage.folder({ 'u\u0308.txt': '1', 'ü.txt': '2' });
    await expect(publish(folder)).rejects.toThrow('have one name in a URL');
  });

  it('that begins with a dot is left out, with all that is below it', async () => {
    const { publish } = place();
    const { sent } = await publish(
      await stage.folder({ '.env': 'SECRET', '.git/config': 'x', 'a.txt': 'a' }),
    );
    expect(sent).toEqual(['a.txt']);
  });

  it('that is a link is followed within the folder, and nowhere else', async () => {
    const { publish, wordsOf } = place();
    const outside = await stage.folder({ 'secret.txt': 'secret' });
    const folder = await stage.folder({ 'real.txt': 'real' });
    await symlink('real.txt', join(folder, 'inside.txt'));
    await symlink(join(outside, 'secret.txt'), join(folder, 'outside.txt'));
    await symlink(outside, join(folder, 'folder'));
    await symlink('nothing', join(folder, 'broken.txt'));
    const { sent, left } = await publish(folder);
    expect([...sent].sort()).toEqual(['inside.txt', 'real.txt']);
    expect(await wordsOf('inside.txt')).toBe('real');
    expect(left.map(({ path, why }) => `${path}: ${why}`).sort()).toEqual([
      'broken.txt: a link to nothing',
      'folder: a link out of the folder',
      'outside.txt: a link out of the folder',
    ]);
  });

  it('may stand for nothing, and for more than is held at once', async () => {
    const { prefix, publish, wordsOf } = place();
    const large = randomBytes(11 * 1024 * 1024);
    await publish(await stage.folder({ 'empty.txt': '', 'film.bin': large }));
    expect(await wordsOf('empty.txt')).toBe('');
    expect((await stored(`${prefix}film.bin`)).bytes.equals(large)).toBe(true);
  });
});
