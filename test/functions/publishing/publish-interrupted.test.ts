/** A run that does not come to its end, or has something in its way: what it leaves, and what the next one makes of it. */

import { randomBytes } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import { APP, placeIn, SITE } from './place.ts';
import { openStage, type Stage, watchWrites, writeFiles } from './stage.ts';

let stage: Stage;

beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.stop());

const place = (store?: AssetStore) => placeIn(stage, store);

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
