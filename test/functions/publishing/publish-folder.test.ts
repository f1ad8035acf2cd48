/** A folder into S3: what goes when, what does not go, and what happens when something is in the way. */

import { randomBytes } from 'node:crypto';
import { appendFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPublishDeps } from '../../../functions/publishing/publish-deps.ts';
import { type PublishOptions, publishFolder } from '../../../functions/publishing/publish-folder.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import { BUCKET, openStage, type Stage, watchWrites, writeFiles } from './stage.ts';

let stage: Stage;
let prefixes = 0;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const APP = 'app.3f2a9c1d.js';
const WORDS = 'the quick brown fox jumps over the lazy dog. '.repeat(80);
const SITE = {
  'index.html': `<script src="/${APP}"></script>`,
  [APP]: `console.log('${WORDS}')`,
  'site.css': 'body{}',
  'logo.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'docs/index.html': '<p>docs</p>',
  '.well-known/security.txt': 'Contact: mailto:a@example.com',
};

/** Each in a place of its own. */
function place(store: AssetStore = stage.store) {
  const prefix = `p${++prefixes}/`;
  const told: string[][] = [];
  const tellCaches = async (keys: readonly string[]) => void told.push([...keys]);
  return {
    prefix,
    told,
    wordsOf: (key: string) => stage.wordsOf(prefix + key),
    publish: (folder: string, options: PublishOptions = {}, from = store) =>
      publishFolder(folder, createPublishDeps(from), { prefix, tellCaches, ...options }),
  };
}

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

describe('a run that is interrupted', () => {
  const stopAt = (wanted: string) => (key: string) => {
    if (key.endsWith(wanted)) throw new Error('the process was killed');
  };

  it('leaves pages as they were, and is gone on with by the next', async () => {
    const { prefix, told, publish, wordsOf } = place();
    const folder = await stage.folder({ ...SITE, 'index.html': 'before' });
    await publish(folder);
    await writeFiles(folder, {
      'site.css': 'new{}',
      'index.html': 'after',
      'film.bin': randomBytes(6 << 20),
    });
    const broken = watchWrites(stage.store, stopAt('film.bin#2'));
    await expect(publish(folder, {}, broken.store)).rejects.toThrow('killed');
    expect(await wordsOf('index.html')).toBe('before');
    const { store, written } = watchWrites(stage.store);
    const { sent, present } = await publish(folder, {}, store);
    expect([...sent].sort()).toEqual(['film.bin', 'index.html', 'site.css']);
    expect(present).toContain(APP);
    expect(written.at(-2)).toBe(`${prefix}index.html`);
    expect(told.at(-1)).toEqual(expect.arrayContaining(['index.html', 'site.css']));
    expect((await publish(folder)).plan.unchanged).toHaveLength(7);
  });

  it('is no reason to keep what it stored, where the folder is as it was before it', async () => {
    const { told, publish, wordsOf } = place();
    const folder = await stage.folder({ 'a.css': 'one', 'index.html': 'x' });
    await publish(folder);
    await writeFiles(folder, { 'a.css': 'two', 'index.html': 'y' });
    await expect(publish(folder, {}, watchWrites(stage.store, stopAt('index.html')).store)).rejects.toThrow();
    expect(await wordsOf('a.css')).toBe('two');
    await writeFiles(folder, { 'a.css': 'one', 'index.html': 'x' });
    await publish(folder);
    expect(await wordsOf('a.css')).toBe('one');
    expect(told.at(-1)).toEqual(['a.css', 'index.html']);
  });

  it('by caches that could not be told tells them the next time', async () => {
    const { told, publish } = place();
    const folder = await stage.folder({ 'a.css': 'one' });
    const deaf = async () => Promise.reject(new Error('no answer'));
    await expect(publish(folder, { tellCaches: deaf })).rejects.toThrow('no answer');
    const { sent } = await publish(folder);
    expect(sent).toEqual([]);
    expect(told).toEqual([['a.css']]);
  });

  it('before anything was published leaves nothing that cannot be removed', async () => {
    const { publish, wordsOf } = place();
    const folder = await stage.folder({ 'old.txt': 'old', 'index.html': 'x' });
    await expect(publish(folder, {}, watchWrites(stage.store, stopAt('index.html')).store)).rejects.toThrow();
    expect(await wordsOf('old.txt')).toBe('old');
    await rm(join(folder, 'old.txt'));
    const { removed } = await publish(folder, { prune: true });
    expect([removed, await wordsOf('old.txt')]).toEqual([['old.txt'], undefined]);
  });

  it.each([
    ['is cut short', '{"version":1,"state":"publ'],
    ['is of another version', '{"version":2,"state":"published","files":{"a.txt":{"hash":"1"}}}'],
    [
      'names what nobody published',
      '{"version":1,"state":"published","files":{"../../other/b.txt":{"sha256":"","bytes":1,"form":""}}}',
    ],
  ])('finds its way by what is stored, where the manifest %s', async (_, text) => {
    const { prefix, publish } = place();
    const folder = await stage.folder({ 'a.txt': 'a', constructor: 'c', __proto__x: 'p' });
    await publish(folder);
    const manifest = new TextEncoder().encode(text);
    const said = { contentType: 'application/json', cacheControl: 'no-store', metadata: {} };
    await stage.store.put(`${prefix}.headrace/published.json`, manifest, said);
    const { present, removed } = await publish(folder, { prune: true });
    expect([[...present].sort(), removed]).toEqual([['__proto__x', 'a.txt', 'constructor'], []]);
    expect((await publish(folder)).plan.unchanged).toHaveLength(3);
  });

  it('by whoever runs it stops at once', async () => {
    const { publish, wordsOf } = place();
    const leaving = new AbortController();
    const onProgress = () => leaving.abort(new Error('Ctrl+C'));
    const folder = await stage.folder({ 'a.txt': 'a', 'index.html': 'x' });
    await expect(publish(folder, { onProgress, signal: leaving.signal })).rejects.toThrow('Ctrl+C');
    expect(await wordsOf('index.html')).toBeUndefined();
  });

  it('by another that publishes to the same place says so', async () => {
    const { publish } = place();
    const folder = await stage.folder({ 'a.txt': 'a', 'index.html': 'x' });
    const other = await stage.folder({ 'b.txt': 'b' });
    let isFirst = true;
    const onProgress = async () => {};
    const meanwhile = watchWrites(stage.store, () => {});
    const slow: AssetStore = {
      ...meanwhile.store,
      async put(key, ...rest) {
        if (key.endsWith('a.txt') && isFirst) {
          isFirst = false;
          await publish(other);
        }
        return meanwhile.store.put(key, ...rest);
      },
    };
    await expect(publish(folder, { onProgress }, slow)).rejects.toThrow('Somebody else is publishing');
    // Either has written between the other's files: nobody takes what is there for what they published.
    const next = await publish(other);
    expect([next.plan.comparesWithStore, next.plan.unchanged]).toEqual([true, []]);
    expect((await publish(other)).plan.unchanged).toHaveLength(1);
  });
});

describe('a file that is being written', () => {
  it('is not published half, small or large', async () => {
    const { prefix, publish, wordsOf } = place();
    for (const [name, bytes] of [
      ['small.log', 100],
      ['large.log', 11 * 1024 * 1024],
    ] as const) {
      const folder = await stage.folder({ [name]: Buffer.alloc(bytes, 'x') });
      const changing: AssetStore = {
        ...stage.store,
        async stat(key) {
          return stage.store.stat(key);
        },
        async put(key, ...rest) {
          // The run has begun: the file was looked at, and not yet read to be sent.
          if (key === `${prefix}.headrace/published.json`) await appendFile(join(folder, name), 'more');
          return stage.store.put(key, ...rest);
        },
      };
      await expect(publish(folder, {}, changing)).rejects.toMatchObject({ code: 'ASSET_CHANGED' });
      expect(await wordsOf(name)).toBeUndefined();
    }
  });
});
