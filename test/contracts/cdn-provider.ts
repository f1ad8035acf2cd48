/**
 * What the CDN service relies on from a provider. It says nothing of how a vendor is asked, so it holds for the real ones too.
 */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TargetKind } from '../../shared/cdn/capabilities.ts';
import type { CdnCall, CdnProvider } from '../../shared/cdn/provider.ts';
import type { Target } from '../../shared/cdn/target.ts';

export interface CdnHome {
  readonly provider: CdnProvider;
  /** One that it serves. */
  readonly host: string;
  /** The same with credentials that nobody gave. */
  readonly stranger: CdnProvider;
  /** The same for a zone, distribution, … that there is not. */
  readonly nowhere: CdnProvider;
  /** The same where nobody answers. */
  readonly unreachable: CdnProvider;
  /** Lets time pass, for what takes effect later. */
  pass(ms: number): Promise<void> | void;
  /** What the vendor was told, where it is a fake. */
  taken?(): readonly string[];
  stop(): Promise<void>;
}

export interface CdnContractOptions {
  /** Of one test: the real ones take their time. @default vitest's */
  readonly timeoutMs?: number;
}

export function cdnProviderContract(
  name: string,
  startHome: () => Promise<CdnHome>,
  { timeoutMs }: CdnContractOptions = {},
): void {
  describe(name, { ...(timeoutMs !== undefined && { timeout: timeoutMs }) }, () => {
    let home: CdnHome;
    let sent = 0;
    const { signal } = new AbortController();
    const run = Date.now().toString(36);
    beforeAll(async () => {
      home = await startHome();
    });
    afterAll(() => home.stop());

    const target = (kind: TargetKind, at: number | string): Target => {
      const { addressing } = home.provider.capabilities;
      const host = addressing.host === 'ignored' ? '' : home.host;
      const scheme = addressing.scheme === 'ignored' ? '' : 'https:';
      switch (kind) {
        case 'url':
          return { kind, scheme, host, path: `/contract/${run}/${at}` };
        case 'prefix':
          return { kind, host, path: `/contract/${run}/${at}/` };
        case 'tag':
          return { kind, tag: `contract-${run}-${at}` };
        case 'host':
          return { kind, host };
        case 'everything':
          return { kind };
      }
    };
    const callOf = (targets: readonly Target[]): CdnCall => {
      const isGrouped = home.provider.capabilities.addressing.host === 'grouped';
      return { mode: 'hard', targets, ...(isGrouped && { host: home.host }) };
    };
    const send = (targets: readonly Target[], reference = `${run}:${++sent}`, by = home.provider) =>
      by.send(callOf(targets), { reference, signal });
    const poolsOf = () =>
      home.provider.capabilities.pools.map(pool => ({ ...pool, kind: pool.kinds[0] ?? 'url' }));

    async function completed(id: string): Promise<string> {
      for (let waits = 0; waits < 40; waits++) {
        const standing = await home.provider.look(id, { signal });
        if (standing.kind !== 'in-progress') return standing.kind;
        await home.pass(Math.max(1_000, home.provider.capabilities.takesEffectMs / 10));
      }
      return 'in-progress';
    }

    it('takes every kind that it says it can, but for a whole host and everything, and completes it', async () => {
      for (const { kinds } of poolsOf()) {
        for (const kind of kinds.filter(each => each !== 'host' && each !== 'everything')) {
          const outcome = await send([target(kind, `one-${kind}`)]);
          expect(outcome, kind).toMatchObject({ kind: 'accepted' });
          if (outcome.kind === 'accepted' && !outcome.done)
            expect(await completed(outcome.id)).toBe('completed');
        }
      }
    });

    it('takes as many in a call as it says', async () => {
      for (const { kind, perCall } of poolsOf().filter(
        pool => pool.name !== 'everything' && pool.kind !== 'host',
      )) {
        const targets = Array.from({ length: perCall }, (_, at) => target(kind, `full-${at}`));
        const outcome = await send(targets);
        expect(outcome, kind).toMatchObject({ kind: 'accepted' });
        if (home.taken) expect(home.taken().length).toBeGreaterThanOrEqual(perCall);
        if (outcome.kind === 'accepted' && !outcome.done) await completed(outcome.id);
      }
    });

    it('takes the same reference for the same invalidation', async () => {
      const first = await send([target('url', 'again')], `${run}:same`);
      const takenOnce = home.taken?.().length;
      const second = await send([target('url', 'again')], `${run}:same`);
      expect(first).toMatchObject({ kind: 'accepted' });
      expect(second).toMatchObject({ kind: 'accepted' });
      // Where an item costs money, or an operation is remembered, nothing was done twice.
      const remembers = ['cloudfront', 'google'].includes(home.provider.capabilities.vendor);
      if (remembers) expect(second).toMatchObject({ id: Object(first).id });
      if (remembers && home.taken) expect(home.taken()).toHaveLength(takenOnce ?? 0);
    });

    it('takes another reference for another invalidation', async () => {
      const [first, second] = [await send([target('url', 'new')]), await send([target('url', 'new')])];
      expect([first.kind, second.kind]).toEqual(['accepted', 'accepted']);
      if (home.taken) expect(home.taken().filter(item => item.endsWith('/new')).length).toBe(2);
    });

    it('tells that it does not know who asks, or for what', async () => {
      const targets = [target('url', 'none')];
      expect(await send(targets, undefined, home.stranger)).toMatchObject({
        kind: 'refused',
        concerns: 'cdn',
      });
      expect(await send(targets, undefined, home.nowhere)).toMatchObject({
        kind: 'refused',
        concerns: 'cdn',
      });
    });

    it('tells that nobody answers', async () => {
      expect(await send([target('url', 'none')], undefined, home.unreachable)).toMatchObject({
        kind: 'failed',
        code: 'CDN_UNREACHABLE',
      });
      expect(await home.unreachable.look('anything', { signal })).toMatchObject({
        kind: home.provider.capabilities.takesEffectMs === 0 ? 'completed' : 'unknown',
      });
    });

    it('ends with the reason of a signal that ends it', async () => {
      const ended = AbortSignal.abort(new Error('enough'));
      const asked = home.provider.send(callOf([target('url', 'none')]), { reference: 'none', signal: ended });
      await expect(asked).rejects.toThrow('enough');
    });
  });
}
