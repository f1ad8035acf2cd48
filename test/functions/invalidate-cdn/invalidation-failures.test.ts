import { afterEach, describe, expect, it } from 'vitest';
import { type CdnService, startCdnService } from '../../shared/cdn/service.ts';
import { runJob, scripted, urls } from './run-job.ts';

let service: CdnService | undefined;
afterEach(async () => {
  await service?.stop();
  service = undefined;
});

describe('an invalidation that a CDN fails or refuses', () => {
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
});
