import { describe, expect, it } from 'vitest';
import type { CdnCall } from '../../../../shared/cdn/provider.ts';
import { createCloudflare } from '../../../../shared/cdn/providers/cloudflare.ts';
import { fixedToken } from '../../../../shared/cdn/tokens/get-token.ts';
import { createCloudflareFake } from '../../../fakes/cdn/cloudflare.ts';
import { fetchFrom } from '../../../fakes/cdn/vendor.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const { signal } = new AbortController();
const options = { reference: 'r', signal };
const file = (path: string) => ({ kind: 'url', scheme: 'https:', host: 'a.example', path }) as const;
const hard = (targets: CdnCall['targets']): CdnCall => ({ mode: 'hard', targets });

function open(variants: readonly Record<string, string>[] = []) {
  const clock = createTestClock();
  const fake = createCloudflareFake({ zoneId: 'zone', token: 'right', hosts: ['a.example'], clock });
  const deps = { fetch: fetchFrom(fake.answer), clock, getToken: fixedToken('right') };
  return { clock, fake, cloudflare: createCloudflare({ name: 'shop', zoneId: 'zone', variants }, deps) };
}

describe('Cloudflare is told', () => {
  it.each<[string, CdnCall['targets'][number], string]>([
    ['a file by its whole address', file('/ä?q=1'), 'files https://a.example/ä?q=1'],
    ['a tag', { kind: 'tag', tag: 'product-1' }, 'tags product-1'],
    [
      'a folder without its scheme',
      { kind: 'prefix', host: 'a.example', path: '/x/' },
      'prefixes a.example/x/',
    ],
    ['a host', { kind: 'host', host: 'a.example' }, 'hosts a.example'],
    ['everything', { kind: 'everything' }, 'purge_everything purge_everything'],
  ])('%s', async (_, target, text) => {
    const { cloudflare, fake } = open();
    expect(await cloudflare.send(hard([target]), options)).toMatchObject({ kind: 'accepted', done: true });
    expect(fake.taken()).toEqual([text]);
  });

  it('softly, by the call that makes stale', async () => {
    const { cloudflare, fake } = open();
    await cloudflare.send({ mode: 'soft', targets: [{ kind: 'tag', tag: 'a' }] }, options);
    expect(fake.taken()).toEqual([]);
    expect(fake.soft()).toEqual(['tags a']);
  });

  it('a file under each combination of headers in its key, and fewer files in a call', async () => {
    const { cloudflare, fake } = open([{ 'CF-Device-Type': 'mobile' }, { 'CF-Device-Type': 'desktop' }]);
    expect(cloudflare.capabilities.pools[0]).toMatchObject({ name: 'files', perCall: 50 });
    const files = Array.from({ length: 50 }, (_, at) => file(`/${at}`));
    expect(await cloudflare.send(hard(files), options)).toMatchObject({ kind: 'accepted' });
    expect(fake.taken()).toHaveLength(100);
    expect(fake.taken()[1]).toBe(
      'files {"url":"https://a.example/0","headers":{"CF-Device-Type":"desktop"}}',
    );
  });
});

describe('Cloudflare says', () => {
  it('when it has enough, and for how long', async () => {
    const { cloudflare, clock } = open();
    for (let i = 0; i < 25; i++) await cloudflare.send(hard([{ kind: 'tag', tag: 'a' }]), options);
    expect(await cloudflare.send(hard([{ kind: 'tag', tag: 'a' }]), options)).toMatchObject({
      kind: 'throttled',
      retryAfterMs: 12_000,
    });
    clock.advance(12_000);
    expect(await cloudflare.send(hard([{ kind: 'tag', tag: 'a' }]), options)).toMatchObject({
      kind: 'accepted',
    });
  });

  it('no with a status of success', async () => {
    const { clock } = open();
    const fetch = async () =>
      Response.json({ success: false, errors: [{ code: 1136, message: 'not here' }] });
    const cloudflare = createCloudflare(
      { name: 's', zoneId: 'z' },
      { fetch, clock, getToken: fixedToken('t') },
    );
    expect(await cloudflare.send(hard([file('/')]), options)).toEqual({
      kind: 'refused',
      concerns: 'call',
      code: 'CDN_REFUSED',
      message: 'It refused: 1136 not here',
    });
  });

  it.each([
    [500, 'failed'],
    [502, 'failed'],
    [403, 'refused'],
    [400, 'refused'],
  ])('%s, whatever stands in its body', async (status, kind) => {
    const { clock } = open();
    const fetch = async () => new Response('<html>', { status });
    const cloudflare = createCloudflare(
      { name: 's', zoneId: 'z' },
      { fetch, clock, getToken: fixedToken('t') },
    );
    expect(await cloudflare.send(hard([file('/')]), options)).toMatchObject({ kind });
  });

  it('no to more than a hundred files', async () => {
    const { cloudflare } = open();
    const files = Array.from({ length: 101 }, (_, at) => file(`/${at}`));
    expect(await cloudflare.send(hard(files), options)).toMatchObject({ kind: 'refused', concerns: 'call' });
  });
});
