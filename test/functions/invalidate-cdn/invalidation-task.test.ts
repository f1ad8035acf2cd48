import { afterEach, describe, expect, it } from 'vitest';
import { createInvalidationTask } from '../../../functions/invalidate-cdn/invalidation-task.ts';
import type { SendOutcome } from '../../../shared/cdn/provider.ts';
import { type CdnService, HOST, startCdnService } from '../../shared/cdn/service.ts';
import { contextOf, failureOf, NOT_AZURE, runJob, scripted, tags, urls } from './run-job.ts';

let service: CdnService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

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
