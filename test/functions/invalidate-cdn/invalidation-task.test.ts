import { afterEach, describe, expect, it } from 'vitest';
import { createInvalidationTask } from '../../../functions/invalidate-cdn/invalidation-task.ts';
import type { InvalidationOrder } from '../../../shared/cdn/order.ts';
import type { CdnProvider, SendOutcome } from '../../../shared/cdn/provider.ts';
import { PermanentError } from '../../../shared/jobs/permanent-error.ts';
import { Postponed } from '../../../shared/jobs/postponed.ts';
import type { TaskContext } from '../../../shared/jobs/worker/task.ts';
import { type CdnService, HOST, type ServiceOptions, startCdnService } from '../../shared/cdn/service.ts';

let service: CdnService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

interface Ran {
  readonly runs: number;
  readonly result: { readonly cdns: Readonly<Record<string, Record<string, unknown>>> };
  readonly error?: { readonly code?: string };
  readonly told: readonly string[];
}

/** As the engine would: again after what was postponed, and after what failed, until it ends. */
async function runJob(
  { deps, clock }: CdnService,
  order: InvalidationOrder,
  { attempts = 8, job = 'invalidation-1' } = {},
): Promise<Ran> {
  const task = createInvalidationTask(deps);
  const told: string[] = [];
  let attempt = 1;
  for (let runs = 1; ; runs++) {
    try {
      const result = (await task(order, contextOf(job, attempt, { clock, told }))) as Ran['result'];
      return { runs, result, told };
    } catch (error) {
      const { result } = error as { result: Ran['result'] };
      if (error instanceof Postponed) clock.advance(error.afterMs);
      else if (error instanceof PermanentError || attempt === attempts)
        return { runs, result, told, error: Object(error) };
      else {
        attempt += 1;
        clock.advance(10_000);
      }
      if (runs > 500) throw new Error('It does not come to an end', { cause: error });
    }
  }
}

function contextOf(
  id: string,
  attempt: number,
  { clock, told }: { clock: TaskContext['clock']; told: string[] },
): TaskContext {
  return {
    id,
    attempt,
    type: 'invalidation',
    tenant: 'default',
    signal: new AbortController().signal,
    clock,
    progress: (_percent, words = '') => void told.push(words),
    once: () => Promise.reject(new Error('not here')),
    outside: () => Promise.reject(new Error('not here')),
    log: () => {},
  };
}

const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: { readonly result: Ran['result'] }) => error,
  );

const urls = (count: number, at = '/p/') =>
  Array.from({ length: count }, (_, i) => `https://${HOST}${at}${i}`);
const tags = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
const NOT_AZURE = ['site', 'shop', 'media'] as const;

/** One provider alone, with outcomes in place of its own for its first calls. */
function scripted(name: string, outcomes: readonly SendOutcome[]): Pick<ServiceOptions, 'around'> {
  const left = [...outcomes];
  return {
    around: (provider): CdnProvider =>
      provider.name === name
        ? { ...provider, send: async (...given) => left.shift() ?? provider.send(...given) }
        : provider,
  };
}

describe('an invalidation', () => {
  it('reaches all CDNs, each in the fewest calls, and tells what each did', async () => {
    service = await startCdnService();
    const { result, runs } = await runJob(service, { urls: urls(120), tags: tags(12), cdns: [...NOT_AZURE] });
    expect(runs).toBe(1);
    expect(result.cdns).toMatchObject({
      site: { state: 'accepted', requests: 1, items: 132, targets: 132, errors: [], mode: 'hard' },
      shop: { state: 'completed', requests: 3, items: 132 },
      media: { state: 'accepted', requests: 122, items: 132 },
    });
    expect(new Set(service.fakes.site.taken()).size).toBe(132);
    expect(new Set(service.fakes.shop.taken()).size).toBe(132);
    expect(new Set(service.fakes.media.taken()).size).toBe(132);
  });

  it('is soft where a CDN can, and each says which it was', async () => {
    service = await startCdnService();
    const { result } = await runJob(service, { tags: ['a'], mode: 'soft', cdns: [...NOT_AZURE] });
    expect(result.cdns).toMatchObject({
      site: { mode: 'hard' },
      shop: { mode: 'soft' },
      media: { mode: 'hard' },
    });
    expect(service.fakes.shop.soft()).toEqual(['tags a']);
  });

  it('waits for its turn as often as it must, and no attempt is counted', async () => {
    service = await startCdnService();
    // 40 calls of tags, of which Cloudflare takes 25 and then five a minute.
    const { runs, result, error } = await runJob(
      service,
      { tags: tags(4_000), cdns: ['shop'] },
      { attempts: 1 },
    );
    expect(error).toBeUndefined();
    expect(runs).toBeGreaterThan(3);
    expect(result.cdns).toMatchObject({
      shop: { state: 'completed', requests: 40, repeated: 0, items: 4_000 },
    });
    expect(service.fakes.shop.beyond()).toBe(0);
  });

  it('lets no more be in progress than CloudFront allows, and waits until some have completed', async () => {
    service = await startCdnService();
    const prefixes = Array.from({ length: 40 }, (_, at) => `https://${HOST}/folder-${at}/`);
    const { result, error } = await runJob(
      service,
      { urls: urls(7_000), prefixes, cdns: ['site'] },
      { attempts: 1 },
    );
    expect(error).toBeUndefined();
    expect(service.fakes.site.beyond()).toBe(0);
    expect(result.cdns).toMatchObject({ site: { requests: 3, items: 7_040 } });
  });

  it('waits for those of others when CloudFront says that too many are in progress', async () => {
    service = await startCdnService();
    const { invalidations } = service.fakes.site;
    const items = urls(3_000, '/other/').map(url => new URL(url).pathname);
    invalidations.create('E1CONTRACT', { reference: 'console', quantity: items.length, items });
    const { result, error } = await runJob(service, { urls: urls(10), cdns: ['site'] }, { attempts: 1 });
    expect(error).toBeUndefined();
    expect(result.cdns).toMatchObject({ site: { state: 'accepted', items: 10, repeated: 0 } });
    expect(service.fakes.site.beyond()).toBeGreaterThan(0);
  });

  it('ends only when everything has taken effect, when asked to wait', async () => {
    service = await startCdnService();
    const before = service.clock();
    const { result } = await runJob(service, { urls: urls(5), wait: true });
    expect(Object.values(result.cdns).map(({ state }) => state)).toEqual(Array(4).fill('completed'));
    expect(service.clock() - before).toBeGreaterThanOrEqual(60_000);
  });

  it('sends again what was accepted and then did not happen', async () => {
    service = await startCdnService({ azureFails: new Set([1]) });
    const { result } = await runJob(service, { urls: urls(150), cdns: ['azure'], wait: true });
    expect(result.cdns).toMatchObject({ azure: { state: 'completed', requests: 3, repeated: 1 } });
  });

  it('sends it as a new request to who remembers requests, or it would fail the same way for ever', async () => {
    service = await startCdnService({ googleFails: new Set([2]) });
    const { result } = await runJob(service, { urls: urls(3), cdns: ['media'], wait: true });
    expect(result.cdns).toMatchObject({ media: { state: 'completed', requests: 4, repeated: 1 } });
    expect(service.fakes.media.taken().filter(item => item.endsWith('/p/1'))).toHaveLength(2);
  });

  it('comes back when its time is over, though nothing keeps it waiting but a slow CDN', async () => {
    service = await startCdnService({
      wrap: (fetch, name) => async (url, init) => {
        if (name === 'azure' && init.method === 'POST') service?.clock.advance(8_000);
        return fetch(url, init);
      },
    });
    const { runs, result, error } = await runJob(
      service,
      { urls: urls(2_000), cdns: ['azure'] },
      { attempts: 1 },
    );
    expect(error).toBeUndefined();
    // Twenty calls, of which five begin within the time of one run.
    expect(runs).toBe(4);
    expect(result.cdns).toMatchObject({ azure: { requests: 20, items: 2_000, repeated: 0 } });
  });

  it('asks a CDN less often that says no and wants to be asked at once', async () => {
    const no: SendOutcome = { kind: 'throttled', retryAfterMs: 0, message: 'again' };
    service = await startCdnService(scripted('shop', Array(1_000).fill(no)));
    const task = createInvalidationTask(service.deps);
    const context = contextOf('invalidation-a', 1, { clock: service.clock, told: [] });
    const failure = await failureOf(task({ urls: urls(1), cdns: ['shop'] }, context));
    expect(failure?.result.cdns.shop?.requests).toBeLessThan(8);
  });

  it('tells what keeps it waiting when nobody says what became of what was taken', async () => {
    service = await startCdnService({
      around: provider => ({
        ...provider,
        look: async () => ({ kind: 'unknown', message: 'AccessDenied: GetInvalidation' }),
      }),
    });
    const task = createInvalidationTask(service.deps);
    const context = contextOf('invalidation-a', 1, { clock: service.clock, told: [] });
    const failure = await failureOf(task({ urls: urls(1), cdns: ['site'], wait: true }, context));
    expect(failure).toMatchObject({ name: 'Postponed', message: expect.stringContaining('GetInvalidation') });
    expect(failure?.result.cdns.site?.errors).toEqual([
      { code: 'CDN_STATE_UNKNOWN', message: 'AccessDenied: GetInvalidation' },
    ]);
  });

  it('of tags is of the addresses that had them when it began, or a busy site would never let it end', async () => {
    service = await startCdnService({ cdn: { usesTagIndex: true } });
    let stored = 0;
    const findUrls = async (names: readonly string[]) => {
      stored += 1;
      return new Map(names.map(name => [name, urls(stored, `/${name}/`)]));
    };
    const busy = { ...service, deps: { ...service.deps, findUrls } };
    const { runs, result } = await runJob(busy, { tags: ['a'], cdns: ['azure'], wait: true });
    expect(runs).toBeGreaterThan(1);
    expect(result.cdns).toMatchObject({ azure: { state: 'completed', requests: 1, items: 1 } });
    await runJob(busy, { tags: ['a'], cdns: ['azure'] }, { job: 'invalidation-2' });
    expect(service.fakes.azure.taken()).toHaveLength(3);
  });

  it('leaves a CDN alone for as long as it asks, and all other jobs with it', async () => {
    service = await startCdnService(
      scripted('shop', [{ kind: 'throttled', retryAfterMs: 300_000, message: 'enough' }]),
    );
    const { deps, clock } = service;
    const begunAt = clock();
    const task = createInvalidationTask(deps);
    const order = { urls: urls(1), cdns: ['shop'] };
    const first = task(order, contextOf('invalidation-a', 1, { clock, told: [] }));
    await expect(first).rejects.toMatchObject({ name: 'Postponed', afterMs: 300_000 });
    const second = task(order, contextOf('invalidation-b', 1, { clock, told: [] }));
    await expect(second).rejects.toMatchObject({ name: 'Postponed', afterMs: begunAt + 300_000 - clock() });
    clock.advance(300_000);
    await task(order, contextOf('invalidation-a', 1, { clock, told: [] }));
    expect(service.fakes.shop.taken()).toHaveLength(1);
  });

  it('leaves it alone for an hour at most, however long it asks for', async () => {
    service = await startCdnService(
      scripted('shop', [{ kind: 'throttled', retryAfterMs: 1e12, message: 'never' }]),
    );
    const task = createInvalidationTask(service.deps);
    const context = contextOf('invalidation-a', 1, { clock: service.clock, told: [] });
    await expect(task({ urls: urls(1), cdns: ['shop'] }, context)).rejects.toMatchObject({
      afterMs: 3_600_000,
    });
  });

  it('sends again only the call that failed, and none is paid twice when its answer was lost', async () => {
    service = await startCdnService();
    service.fakes.site.loseAnswers(2);
    const { result, runs } = await runJob(service, { urls: urls(7_000), cdns: ['site'] });
    expect(runs).toBeGreaterThan(1);
    expect(result.cdns).toMatchObject({ site: { state: 'accepted', items: 7_000 } });
    expect(service.fakes.site.taken()).toHaveLength(7_000);
  });

  it('does what it can when a CDN refuses: the rest is done, and the row says what was not', async () => {
    service = await startCdnService();
    const { result, error } = await runJob(service, { urls: urls(3), tags: ['a'] });
    expect(error).toMatchObject({ code: 'CDN_TAGS_UNSUPPORTED' });
    expect(result.cdns).toMatchObject({
      site: { state: 'accepted', items: 4 },
      shop: { state: 'completed', items: 4 },
      azure: { state: 'partly', items: 3, errors: [{ code: 'CDN_TAGS_UNSUPPORTED', items: 1 }] },
      media: { state: 'accepted', items: 4 },
    });
    expect(service.fakes.azure.taken().some(item => item.includes('*'))).toBe(false);
  });

  it('is over for a CDN that wants nothing, and goes on from there when a person retries it', async () => {
    const denied = { kind: 'refused', concerns: 'cdn', code: 'CDN_ACCESS_DENIED', message: 'no' } as const;
    service = await startCdnService(scripted('media', [denied]));
    const order = { urls: urls(4), cdns: ['shop', 'media'] };
    const { result, error } = await runJob(service, order);
    expect(error).toMatchObject({ code: 'CDN_ACCESS_DENIED' });
    expect(result.cdns).toMatchObject({
      shop: { state: 'completed' },
      media: { state: 'refused', items: 0 },
    });
    const again = await runJob(service, order);
    expect(again.result.cdns).toMatchObject({
      shop: { requests: 1 },
      media: { state: 'accepted', items: 4 },
    });
    expect(service.fakes.shop.taken()).toHaveLength(4);
  });

  it('sends a call that was refused again only when a person asks for it', async () => {
    const refused = { kind: 'refused', concerns: 'call', code: 'CDN_REFUSED', message: 'bad path' } as const;
    const failed = { kind: 'failed', code: 'CDN_UNAVAILABLE', message: '503' } as const;
    service = await startCdnService(scripted('media', [refused, failed]));
    const order = { urls: urls(3), cdns: ['media'] };
    const { error, result } = await runJob(service, order);
    expect(error).toMatchObject({ code: 'CDN_REFUSED' });
    expect(result.cdns).toMatchObject({
      media: {
        state: 'partly',
        requests: 4,
        items: 2,
        calls: { done: 2 },
        errors: [{ code: 'CDN_REFUSED', message: 'bad path' }],
      },
    });
    expect((await runJob(service, order)).result.cdns).toMatchObject({
      media: { state: 'accepted', items: 3 },
    });
  });

  it('finds the item that a call is refused for, and all others are done', async () => {
    service = await startCdnService();
    const order = { urls: [...urls(150), 'https://of-another-zone.example/x', ...urls(99, '/q/')] };
    const { error, result, runs } = await runJob(service, { ...order, cdns: ['shop'] });
    expect([runs, error]).toMatchObject([1, { code: 'CDN_REFUSED' }]);
    const taken = service.fakes.shop.taken();
    expect([taken.length, new Set(taken).size]).toEqual([249, 249]);
    expect(result.cdns.shop).toMatchObject({
      state: 'partly',
      items: 249,
      targets: 250,
      errors: [
        { code: 'CDN_REFUSED', message: expect.stringContaining('https://of-another-zone.example/x') },
      ],
    });
    const { done, planned } = Object(result.cdns.shop?.calls);
    expect(planned - done).toBe(1);
  });

  it('gives that up where a CDN wants none of many, and a person may still try again', async () => {
    service = await startCdnService();
    const strange = Array.from({ length: 300 }, (_, at) => `https://of-another-zone.example/${at}`);
    const order = { urls: strange, cdns: ['shop'] };
    const { result, error } = await runJob(service, order);
    expect(error).toMatchObject({ code: 'CDN_REFUSED' });
    expect(result.cdns.shop).toMatchObject({ state: 'refused', items: 0 });
    expect(Number(result.cdns.shop?.requests)).toBeLessThan(150);
    expect((await runJob(service, order)).error).toMatchObject({ code: 'CDN_REFUSED' });
  });

  it('gives up on a CDN that fails three times in a row, and comes back', async () => {
    service = await startCdnService({
      wrap: (fetch, name) => (name === 'media' ? () => Promise.reject(new TypeError('down')) : fetch),
    });
    const { result, error, runs } = await runJob(service, { urls: urls(20), cdns: ['shop', 'media'] });
    expect(runs).toBe(8);
    expect(error).toMatchObject({ code: 'CDN_INVALIDATION_INCOMPLETE' });
    expect(result.cdns).toMatchObject({
      shop: { state: 'completed', requests: 1 },
      media: { state: 'failing' },
    });
  });

  it('for a CDN that is not configured is dead at once', async () => {
    service = await startCdnService();
    const { error } = await runJob(service, { everything: true, cdns: ['none'] });
    expect(error).toMatchObject({ code: 'CDN_NOT_CONFIGURED' });
  });

  it('whose folders stand for many addresses has a row of bounded length', async () => {
    service = await startCdnService({ cdn: { collapseAbove: 1 } });
    const folders = Array.from({ length: 40 }, (_, at) => `/${'long'.repeat(300)}-${at}/`);
    const { result } = await runJob(service, {
      urls: folders.flatMap(folder => urls(2, folder)),
      cdns: ['site', 'azure'],
    });
    expect(result.cdns).toMatchObject({ azure: { items: 40 }, site: { items: 40 } });
    expect(JSON.stringify(result).length).toBeLessThan(8_000);
  });

  it('is told in the row while it runs', async () => {
    service = await startCdnService();
    const { told } = await runJob(service, { urls: urls(200), cdns: ['shop', 'site'] });
    expect(told.at(-1)).toBe('site 1/1, shop 2/2');
  });
});
