/**
 * Histories of an invalidation whose process is killed at any step, whose answers are lost, whose vendors fail: whatever happens,
 * nothing is lost, nothing is paid twice, and no limit is exceeded.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { invalidate } from '../../../../shared/cdn/carry-out/invalidate.ts';
import type { ProgressStore } from '../../../../shared/cdn/progress.ts';
import type { CdnProvider, SendOutcome } from '../../../../shared/cdn/provider.ts';
import { HOST, startCdnService } from '../service.ts';

type Misfortune =
  | 'none'
  | 'killed-before'
  | 'killed-after'
  | 'answer-lost'
  | 'save-lost'
  | 'unavailable'
  | 'throttled';

class Killed extends Error {}

const BY_NAME: Readonly<Record<string, SendOutcome>> = {
  unavailable: { kind: 'failed', code: 'CDN_UNAVAILABLE', message: '503' },
  throttled: { kind: 'throttled', retryAfterMs: 2_000, message: '429' },
};

/** Each call takes the next misfortune; when none is left, all goes well. */
function unlucky(misfortunes: Misfortune[]) {
  let saveIsLost = false;
  const around = (provider: CdnProvider): CdnProvider => ({
    ...provider,
    async send(...given) {
      const next = misfortunes.shift() ?? 'none';
      if (next === 'killed-before') throw new Killed();
      const said = BY_NAME[next];
      if (said) return said;
      const outcome = await provider.send(...given);
      if (next === 'killed-after') throw new Killed();
      saveIsLost = next === 'save-lost';
      return next === 'answer-lost' ? { kind: 'failed', code: 'CDN_UNREACHABLE', message: 'reset' } : outcome;
    },
  });
  const store = (kept: ProgressStore): ProgressStore => ({
    ...kept,
    async save(...given) {
      if (!saveIsLost) return kept.save(...given);
      saveIsLost = false;
      throw new Killed();
    },
  });
  return { around, store };
}

const urls = (count: number) => Array.from({ length: count }, (_, i) => `https://${HOST}/p/${i}`);
const tags = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
const { signal } = new AbortController();

async function runToItsEnd(
  misfortunes: Misfortune[],
  [pages, kinds]: readonly [number, number],
): Promise<void> {
  const bad = unlucky(misfortunes);
  const service = await startCdnService({ around: bad.around });
  try {
    const { clock, fakes } = service;
    const deps = { ...service.deps, store: bad.store(service.deps.store) };
    const order = { urls: urls(pages), tags: tags(kinds), cdns: ['site', 'shop', 'media'] };
    for (let attempt = 1, runs = 1; ; runs++) {
      const task = { job: 'invalidation-1', attempt, signal, until: clock() + 35_000, tell: () => {} };
      const ended = await invalidate(order, task, deps).catch(error => {
        if (error instanceof Killed) return undefined;
        throw error;
      });
      if (ended?.verdict.kind === 'done') break;
      if (runs > 300) throw new Error('It does not come to an end');
      if (ended?.verdict.kind !== 'later') attempt += 1;
      clock.advance(ended?.verdict.kind === 'later' ? ended.verdict.afterMs : 75_000);
    }
    // Paid for once, each: a repeated call was the same to who bills.
    expect(fakes.site.taken()).toHaveLength(pages + kinds);
    expect(new Set(fakes.site.taken()).size).toBe(pages + kinds);
    expect(fakes.media.taken()).toHaveLength(pages + kinds);
    expect(new Set(fakes.media.taken()).size).toBe(pages + kinds);
    expect(new Set(fakes.shop.taken()).size).toBe(pages + kinds);
    for (const fake of [fakes.site, fakes.shop, fakes.media]) expect(fake.beyond()).toBe(0);
  } finally {
    await service.stop();
  }
}

const misfortune = fc.constantFrom<Misfortune>(
  'none',
  'killed-before',
  'killed-after',
  'answer-lost',
  'save-lost',
  'unavailable',
  'throttled',
);

describe('an invalidation whose process is killed at any step', () => {
  it('is done whole, and none of it is paid twice', async () => {
    const size = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 25 }));
    await fc.assert(
      fc.asyncProperty(fc.array(misfortune, { maxLength: 25 }), size, ([...misfortunes], [pages, kinds]) =>
        runToItsEnd(misfortunes, [pages, Math.max(1, kinds)]),
      ),
      { numRuns: 12 },
    );
  });
});
