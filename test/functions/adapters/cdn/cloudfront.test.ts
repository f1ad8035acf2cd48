import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloudFront } from '../../../../functions/adapters/cdn/cloudfront.ts';
import type { CdnCall } from '../../../../shared/cdn/provider.ts';
import { DISTRIBUTION, startCloudFrontFake } from '../../../fakes/cdn/cloudfront.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const clock = createTestClock();
const { signal } = new AbortController();
let fake: Awaited<ReturnType<typeof startCloudFrontFake>>;
beforeAll(async () => {
  fake = await startCloudFrontFake({ clock, takesMs: 20_000 });
});
afterAll(() => fake.stop());

const open = (distributionId = DISTRIBUTION) =>
  createCloudFront({ name: 'site', distributionId, tags: true }, { client: fake.client(), clock });
const path = (text: string) => ({ kind: 'url', scheme: '', host: '', path: text }) as const;
const hard = (...targets: CdnCall['targets']): CdnCall => ({ mode: 'hard', targets });
let sent = 0;
const send = (call: CdnCall, reference = `r${++sent}`) => open().send(call, { reference, signal });

describe('CloudFront', () => {
  it('is told paths, wildcards and tags in one call', async () => {
    const targets = [
      path('/a?b=1&c=2'),
      { kind: 'prefix', host: '', path: '/x/' },
      { kind: 'tag', tag: 'p-1' },
    ] as const;
    expect(await send(hard(...targets))).toMatchObject({ kind: 'accepted', done: false });
    expect(fake.taken().slice(-3)).toEqual(['/a?b=1&c=2', '/x/*', '#p-1']);
    clock.advance(20_000);
    await send(hard({ kind: 'everything' }));
    expect(fake.taken().at(-1)).toBe('/*');
  });

  it('says when too many are in progress: no throttle, and no failure', async () => {
    clock.advance(60_000);
    const wildcards = Array.from(
      { length: 15 },
      (_, at) => ({ kind: 'prefix', host: '', path: `/${at}/` }) as const,
    );
    expect(await send(hard(...wildcards))).toMatchObject({ kind: 'accepted' });
    expect(await send(hard({ kind: 'prefix', host: '', path: '/one-more/' }))).toMatchObject({
      kind: 'busy',
    });
    expect(await send(hard(path('/a')))).toMatchObject({ kind: 'accepted' });
  });

  it('takes a reference for one set of paths, and no other', async () => {
    clock.advance(60_000);
    const first = await send(hard(path('/same')), 'once');
    expect(await send(hard(path('/same')), 'once')).toEqual(first);
    expect(await send(hard(path('/other')), 'once')).toMatchObject({
      kind: 'refused',
      concerns: 'call',
      message: expect.stringContaining('InvalidationBatchAlreadyExists'),
    });
  });

  it.each<[string, CdnCall]>([
    ['a path with a space', hard(path('/a b'))],
    ['a path that is none', hard(path('a'))],
    ['a star in the middle', hard(path('/a*b'))],
    ['a tag with a comma', hard({ kind: 'tag', tag: 'a,b' })],
    ['more than it takes', hard(...Array.from({ length: 3_001 }, (_, at) => path(`/${at}`)))],
  ])('refuses %s', async (_, call) => {
    expect(await send(call)).toMatchObject({ kind: 'refused', concerns: 'call' });
  });

  it('knows tags only where the distribution has a CacheTagConfig', async () => {
    const outcome = await open('E2WITHOUTTAGS').send(hard({ kind: 'tag', tag: 'a' }), {
      reference: 'r',
      signal,
    });
    expect(outcome).toMatchObject({ kind: 'refused', concerns: 'call' });
  });

  it('that answers with a fault is to be asked again, and what it did then costs nothing', async () => {
    clock.advance(60_000);
    const before = fake.taken().length;
    fake.loseAnswers(1);
    expect(await send(hard(path('/lost')), 'lost')).toMatchObject({ kind: 'failed' });
    expect(await send(hard(path('/lost')), 'lost')).toMatchObject({ kind: 'accepted' });
    expect(fake.taken().length - before).toBe(1);
  });
});
