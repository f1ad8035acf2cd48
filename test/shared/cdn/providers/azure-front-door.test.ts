import { describe, expect, it } from 'vitest';
import { createAzureFrontDoor } from '../../../../shared/cdn/providers/azure-front-door.ts';
import { keepToken } from '../../../../shared/cdn/tokens/get-token.ts';
import { createAzureFake } from '../../../fakes/cdn/azure-front-door.ts';
import { type Fetch, fetchFrom } from '../../../fakes/cdn/vendor.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const { signal } = new AbortController();
const send = { reference: 'r', signal };
const names = { name: 'azure', subscriptionId: 's', resourceGroup: 'g', profile: 'p', endpoint: 'e' };
const endpointPath = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Cdn/profiles/p/afdEndpoints/e';
const call = {
  mode: 'hard',
  host: 'a.example',
  targets: [
    { kind: 'url', scheme: '', host: 'a.example', path: '/a' },
    { kind: 'prefix', host: 'a.example', path: '/b/' },
    { kind: 'host', host: 'a.example' },
  ],
} as const;

function open(given: { fails?: ReadonlySet<number>; wrap?: (fetch: Fetch) => Fetch } = {}) {
  const clock = createTestClock();
  let token = 'first';
  const fake = createAzureFake({ token: () => token, endpointPath, clock, ...given });
  let issued = 0;
  const getToken = keepToken(async () => {
    issued += 1;
    return { token, endsAt: clock() + 3_600_000 };
  }, clock);
  const fetch = (given.wrap ?? (each => each))(fetchFrom(fake.answer));
  return {
    azure: createAzureFrontDoor(names, { fetch, clock, getToken }),
    fake,
    clock,
    issued: () => issued,
    revoke() {
      token = 'second';
    },
  };
}

describe('Azure Front Door', () => {
  it('is told paths of a domain, folders and hosts as wildcards', async () => {
    const { azure, fake } = open();
    expect(await azure.send(call, send)).toMatchObject({ kind: 'accepted', done: false });
    expect(fake.taken()).toEqual(['a.example /a', 'a.example /b/*', 'a.example /*']);
    await azure.send({ mode: 'hard', targets: [{ kind: 'everything' }] }, send);
    expect(fake.taken().at(-1)).toBe('* /*');
  });

  it('takes its time, and tells when it is done', async () => {
    const { azure, clock } = open();
    const outcome = await azure.send(call, send);
    const id = outcome.kind === 'accepted' ? outcome.id : '';
    expect(await azure.look(id, { signal })).toEqual({ kind: 'in-progress' });
    clock.advance(60_000);
    expect(await azure.look(id, { signal })).toEqual({ kind: 'completed' });
  });

  it('may take a purge and then not do it', async () => {
    const { azure, clock } = open({ fails: new Set([1]) });
    const outcome = await azure.send(call, send);
    clock.advance(60_000);
    expect(await azure.look(outcome.kind === 'accepted' ? outcome.id : '', { signal })).toMatchObject({
      kind: 'failed',
      message: expect.stringContaining('PurgeFailed'),
    });
  });

  it('is given a new token when the last one is refused, once', async () => {
    const { azure, issued, revoke } = open();
    await azure.send(call, send);
    expect(issued()).toBe(1);
    revoke();
    expect(await azure.send(call, send)).toMatchObject({ kind: 'accepted' });
    expect(issued()).toBe(2);
  });

  it('names an operation elsewhere, and the token does not go there', async () => {
    const asked: string[] = [];
    const wrap =
      (fetch: Fetch): Fetch =>
      async (url, init) => {
        asked.push(new URL(url).origin);
        const response = await fetch(url, init);
        if (response.status !== 202) return response;
        return new Response(null, {
          status: 202,
          headers: { location: 'https://evil.example/operationresults/1' },
        });
      };
    const { azure } = open({ wrap });
    const outcome = await azure.send(call, send);
    await azure.look(outcome.kind === 'accepted' ? outcome.id : '', { signal });
    expect(new Set(asked)).toEqual(new Set(['https://management.azure.com']));
  });

  it('says when it has enough, and for how long', async () => {
    const { azure } = open();
    for (let i = 0; i < 200; i++) await azure.send(call, send);
    expect(await azure.send(call, send)).toMatchObject({ kind: 'throttled', retryAfterMs: 1_000 });
  });
});
