import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CdnProvider } from '../../../../shared/cdn/provider.ts';
import { createAzureFrontDoor } from '../../../../shared/cdn/providers/azure-front-door.ts';
import { createCloudflare } from '../../../../shared/cdn/providers/cloudflare.ts';
import { createGoogle } from '../../../../shared/cdn/providers/google.ts';
import type { Fetch } from '../../../fakes/cdn/vendor.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const { signal } = new AbortController();
const azure = { name: 'azure', subscriptionId: 's', resourceGroup: 'g', profile: 'p', endpoint: 'e' };

function open(fetch: Fetch, token = 'right'): readonly CdnProvider[] {
  const deps = { fetch, clock: createTestClock(), getToken: async () => token };
  return [
    createCloudflare({ name: 'shop', zoneId: 'zone' }, deps),
    createGoogle({ name: 'media', project: 'p', urlMap: 'm' }, deps),
    createAzureFrontDoor(azure, deps),
  ];
}

const send = (provider: CdnProvider) =>
  provider.send(
    { mode: 'hard', targets: [{ kind: 'url', scheme: 'https:', host: 'a.example', path: '/a' }] },
    { reference: 'r', signal },
  );

describe('whatever a vendor answers', () => {
  const status = fc.constantFrom(200, 202, 204, 302, 400, 401, 403, 404, 409, 413, 429, 500, 503);
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.constant([null]),
    fc.constant({ toString: 1 }),
    fc.constant([{ code: {} }]),
  );
  const body = fc.oneof(
    fc.string(),
    fc
      .dictionary(fc.constantFrom('success', 'errors', 'result', 'error', 'name', 'status'), odd)
      .map(fields => JSON.stringify(fields)),
  );
  const headers = fc.dictionary(
    fc.constantFrom('retry-after', 'location', 'azure-asyncoperation'),
    fc.constantFrom('', '-1', '0', '1e9', '9'.repeat(40), 'soon', 'Mon, 99 Foo', '//elsewhere', '/here'),
  );

  it('is an outcome', async () => {
    await fc.assert(
      fc.asyncProperty(status, body, headers, async (code, text, fields) => {
        const isEmpty = code === 204;
        const answer = () => new Response(isEmpty ? null : text, { status: code, headers: fields });
        for (const provider of open(async () => answer())) {
          const outcome = await send(provider);
          expect(['accepted', 'throttled', 'failed', 'refused']).toContain(outcome.kind);
          if (outcome.kind === 'throttled') expect(outcome.retryAfterMs ?? 0).toBeGreaterThanOrEqual(0);
          expect((await provider.look('/o', { signal })).kind).toMatch(/^(in-|comp|fail|unk)/);
        }
      }),
      { numRuns: 80 },
    );
  });

  it.each(['<html>please log in</html>', '{"success":tr', '', 'null'])(
    'a success that says %j may have been none, and is sent again',
    async text => {
      const [cloudflare, google] = open(async () => new Response(text));
      for (const provider of [cloudflare, google])
        expect(provider && (await send(provider))).toMatchObject({
          kind: 'failed',
          code: 'CDN_UNAVAILABLE',
        });
    },
  );

  it('that it is elsewhere, is not followed, and holds for all calls', async () => {
    const asked: string[] = [];
    const fetch: Fetch = async (url, { redirect }) => {
      asked.push(`${redirect} ${new URL(url).host}`);
      return new Response(null, { status: 307, headers: { location: 'https://elsewhere.example/' } });
    };
    for (const provider of open(fetch))
      expect(await send(provider)).toMatchObject({ kind: 'refused', concerns: 'cdn' });
    expect(asked).toHaveLength(3);
    expect(asked.every(each => each.startsWith('manual ') && !each.includes('elsewhere'))).toBe(true);
  });
});

it('a token that no header can carry is not told to anybody', async () => {
  for (const secret of ['topsecret\nx', 'topsecret\0', 'topsecret…', ''])
    for (const provider of open(async (url, init) => new Response(new Request(url, init).url), secret)) {
      const outcome = await send(provider);
      expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('no text that') });
      expect(JSON.stringify(outcome)).not.toContain('topsecret');
    }
});

it('the address of an API may end with a slash', async () => {
  const asked: string[] = [];
  const fetch: Fetch = async url => {
    asked.push(url);
    return Response.json({ success: true });
  };
  const deps = { fetch, clock: createTestClock(), getToken: async () => 'right' };
  const apiUrl = 'http://127.0.0.1:8080/v4/';
  expect(await send(createCloudflare({ name: 'shop', zoneId: 'z', apiUrl }, deps))).toMatchObject({
    kind: 'accepted',
  });
  expect(asked).toEqual(['http://127.0.0.1:8080/v4/zones/z/purge_cache']);
});
