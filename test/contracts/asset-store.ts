/** What publishing relies on from where files lie, whoever keeps them. */

import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AssetAttributes, AssetPart, AssetStore } from '../../shared/publishing/asset-store.ts';
import type { FaultProxy } from '../fakes/fault-proxy.ts';

export interface AssetHome {
  readonly store: AssetStore;
  /** The same with credentials that are none. */
  readonly stranger: AssetStore;
  /** The same in a bucket that is not there. */
  readonly nowhere: AssetStore;
  /** Stands before what keeps them. */
  readonly way: FaultProxy;
  /** An answer of "come back later", in the service's own words. */
  readonly busy: string;
  stop(): Promise<void>;
}

const MIB = 1024 * 1024;
const PLAIN: AssetAttributes = { contentType: 'text/plain', cacheControl: 'max-age=60', metadata: {} };
const text = (words: string) => new TextEncoder().encode(words);
const withCode = (code: string) => expect.objectContaining({ name: 'AssetStoreError', code });

function partOf(number: number, bytes: Uint8Array): AssetPart {
  const digest = (algorithm: string) => createHash(algorithm).update(bytes).digest();
  return { number, bytes, md5: digest('md5'), sha256: digest('sha256') };
}

export function assetStoreContract(name: string, startHome: () => Promise<AssetHome>): void {
  describe(name, () => {
    let home: AssetHome;
    let store: AssetStore;
    beforeAll(async () => {
      home = await startHome();
      store = home.store;
    });
    beforeEach(() => home.way.heal());
    afterAll(() => home.stop());

    const wordsOf = async (key: string) =>
      new TextDecoder().decode((await store.read(key, 20 * MIB))?.bytes ?? text('(nothing)'));

    describe('a file', () => {
      it('comes back as it went, with all that is said of it', async () => {
        const attributes: AssetAttributes = {
          contentType: 'text/css; charset=utf-8',
          cacheControl: 'public, max-age=31536000, immutable',
          contentEncoding: 'br',
          metadata: { 'cache-tag': 'brand,v2', 'content-sha256': 'ab12' },
        };
        const { etag } = await store.put('css/a.css', text('body{}'), attributes);
        expect(await store.stat('css/a.css')).toEqual({ etag, bytes: 6, attributes });
      });

      it.each(['plain', 'a b+c.txt', 'Grün/東京 🚰.txt', "quote'()*!&=$@.txt", '100%25.txt', 'a?b#c.txt'])(
        'may be called %s',
        async key => {
          await store.put(key, text(key), PLAIN);
          expect(await wordsOf(key)).toBe(key);
          await store.remove(key);
          expect(await store.stat(key)).toBeUndefined();
        },
      );

      it('may be empty', async () => {
        await store.put('empty', new Uint8Array(), PLAIN);
        expect(await store.stat('empty')).toMatchObject({ bytes: 0 });
        expect(await wordsOf('empty')).toBe('');
      });

      it('that is not there is told by every call, and removed already', async () => {
        expect(await store.stat('none')).toBeUndefined();
        expect(await store.read('none', 10)).toBeUndefined();
        await expect(store.remove('none')).resolves.toBeUndefined();
      });

      it('that is longer than asked for is not read', async () => {
        await store.put('long', text('0123456789'), PLAIN);
        await expect(store.read('long', 9)).rejects.toEqual(withCode('ASSET_TOO_LARGE'));
      });
    });

    describe('a write on a condition', () => {
      it('takes a free key only, and replaces the version it knows only', async () => {
        const { etag } = await store.put('note', text('1'), PLAIN, { condition: { ifAbsent: true } });
        await expect(store.put('note', text('x'), PLAIN, { condition: { ifAbsent: true } })).rejects.toEqual(
          withCode('ASSET_CONFLICT'),
        );
        await store.put('note', text('2'), PLAIN, { condition: { ifMatch: etag } });
        await expect(store.put('note', text('3'), PLAIN, { condition: { ifMatch: etag } })).rejects.toEqual(
          withCode('ASSET_CONFLICT'),
        );
        expect(await wordsOf('note')).toBe('2');
      });
    });

    describe('a large file', () => {
      const bytes = randomBytes(6 * MIB);
      const parts = [0, 5].map((from, at) =>
        partOf(at + 1, bytes.subarray(from * MIB, Math.min((from + 5) * MIB, bytes.byteLength))),
      );
      const same = async (key: string) => {
        const found = await store.read(key, 20 * MIB);
        return Buffer.compare(Buffer.from(found?.bytes ?? []), bytes) === 0;
      };

      it('is there when it is whole, and not before, in whatever order its parts came', async () => {
        const upload = await store.open('film', { ...PLAIN, metadata: { 'cache-tag': 'films' } });
        await Promise.all([...parts].reverse().map(part => upload.send(part)));
        expect(await store.stat('film')).toBeUndefined();
        const { etag } = await upload.complete();
        expect(await store.stat('film')).toMatchObject({
          etag,
          bytes: bytes.byteLength,
          attributes: { contentType: 'text/plain', metadata: { 'cache-tag': 'films' } },
        });
        expect(await same('film')).toBe(true);
      });

      it('is gone on with: parts that are there, and are the same, are not sent again', async () => {
        const begun = await store.open('resumed', PLAIN);
        await begun.send(parts[0] as AssetPart);
        await begun.send(partOf(2, randomBytes(MIB)));
        const again = await store.open('resumed', PLAIN);
        const how = [];
        for (const part of parts) how.push(await again.send(part));
        expect(how).toEqual(['present', 'sent']);
        await again.complete();
        expect(await same('resumed')).toBe(true);
      });

      it('that is to become something else now has what is said of it now', async () => {
        const begun = await store.open('retyped', PLAIN);
        await begun.send(parts[0] as AssetPart);
        const again = await store.open('retyped', { ...PLAIN, contentType: 'video/mp4' });
        for (const part of parts) await again.send(part);
        await again.complete();
        expect((await store.stat('retyped'))?.attributes.contentType).toBe('video/mp4');
        expect(await same('retyped')).toBe(true);
      });

      it('that is given up leaves what was there, and can be begun anew', async () => {
        await store.put('kept', text('before'), PLAIN);
        const upload = await store.open('kept', PLAIN);
        await upload.send(parts[0] as AssetPart);
        await upload.abort();
        expect(await wordsOf('kept')).toBe('before');
        const next = await store.open('kept', PLAIN);
        for (const part of parts) await next.send(part);
        await next.complete();
        expect(await same('kept')).toBe(true);
      });

      it('that does not arrive as it left is refused', async () => {
        const upload = await store.open('damaged', PLAIN);
        const [first] = parts as [AssetPart];
        const damaged = { ...first, bytes: randomBytes(5 * MIB) };
        await expect(upload.send(damaged)).rejects.toEqual(withCode('ASSET_DAMAGED'));
        await upload.abort();
      });
    });

    describe('what goes wrong', () => {
      it('is told: who may not, and what bucket is not there', async () => {
        await expect(home.stranger.put('x', text('x'), PLAIN)).rejects.toEqual(
          withCode('ASSET_STORE_REFUSED'),
        );
        await expect(home.nowhere.put('x', text('x'), PLAIN)).rejects.toEqual(
          withCode('ASSET_BUCKET_MISSING'),
        );
        expect(await store.stat('x')).toBeUndefined();
      });

      it('and passes is tried again', async () => {
        await home.way.fail({ kind: 'say', bytes: home.busy });
        const writing = store.put('patient', text('it came'), PLAIN);
        await expect.poll(() => home.way.connections()).toBeGreaterThan(0);
        await home.way.heal();
        await writing;
        expect(await wordsOf('patient')).toBe('it came');
      });

      it('and does not pass is told in time', async () => {
        await home.way.fail({ kind: 'say', bytes: home.busy });
        await expect(store.put('y', text('y'), PLAIN)).rejects.toEqual(withCode('ASSET_STORE_SLOW'));
        await home.way.fail({ kind: 'refuse' });
        await expect(store.put('y', text('y'), PLAIN)).rejects.toEqual(withCode('ASSET_STORE_UNAVAILABLE'));
        await home.way.fail({ kind: 'reset' });
        await expect(store.stat('y')).rejects.toEqual(withCode('ASSET_STORE_UNAVAILABLE'));
      });

      it('by the will of the caller is their own reason', async () => {
        const leaving = new AbortController();
        leaving.abort(new Error('enough'));
        await expect(store.put('z', text('z'), PLAIN, { signal: leaving.signal })).rejects.toThrow('enough');
      });
    });
  });
}
