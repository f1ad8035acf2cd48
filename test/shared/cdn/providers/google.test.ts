import { describe, expect, it } from 'vitest';
import type { CdnCall } from '../../../../shared/cdn/provider.ts';
import { createGoogle } from '../../../../shared/cdn/providers/google.ts';
import { fixedToken } from '../../../../shared/cdn/tokens/get-token.ts';
import { createGoogleFake } from '../../../fakes/cdn/google.ts';
import { type Fetch, fetchFrom } from '../../../fakes/cdn/vendor.ts';
import { createTestClock } from '../../../fakes/clock.ts';

const { signal } = new AbortController();
const options = { name: 'media', project: 'p', urlMap: 'm' };
const path = (text: string) => ({ kind: 'url', scheme: '', host: 'a.example', path: text }) as const;
const hard = (...targets: CdnCall['targets']): CdnCall => ({ mode: 'hard', targets });

function open() {
  const clock = createTestClock();
  const fake = createGoogleFake({ token: 'right', project: 'p', urlMap: 'm', clock });
  const google = createGoogle(options, {
    fetch: fetchFrom(fake.answer),
    clock,
    getToken: fixedToken('right'),
  });
  return { clock, fake, google };
}

const answering = (fetch: Fetch) =>
  createGoogle(options, { fetch, clock: createTestClock(), getToken: fixedToken('right') });

describe('Google Cloud CDN', () => {
  it.each<[string, CdnCall, readonly string[]]>([
    ['a path of a host', hard(path('/a')), ['a.example /a']],
    ['a folder', hard({ kind: 'prefix', host: 'a.example', path: '/a/' }), ['a.example /a/*']],
    ['a host', hard({ kind: 'host', host: 'a.example' }), ['a.example /*']],
    ['tags', hard({ kind: 'tag', tag: 'a' }, { kind: 'tag', tag: 'b' }), ['tag a', 'tag b']],
    ['everything', hard({ kind: 'everything' }), ['* /*']],
  ])('is told %s', async (_, call, taken) => {
    const { google, fake } = open();
    expect(await google.send(call, { reference: 'r', signal })).toMatchObject({
      kind: 'accepted',
      done: false,
    });
    expect(fake.taken()).toEqual(taken);
  });

  it('takes its time, and tells when it is done', async () => {
    const { google, clock } = open();
    const outcome = await google.send(hard(path('/a')), { reference: 'r', signal });
    const id = outcome.kind === 'accepted' ? outcome.id : '';
    expect(await google.look(id, { signal })).toEqual({ kind: 'in-progress' });
    clock.advance(10_000);
    expect(await google.look(id, { signal })).toEqual({ kind: 'completed' });
  });

  it('says 403 when it has enough: that is to be waited for, and no matter of rights', async () => {
    const { google } = open();
    for (let at = 0; at < 500; at++) await google.send(hard(path(`/${at}`)), { reference: `r${at}`, signal });
    expect(await google.send(hard(path('/more')), { reference: 'more', signal })).toMatchObject({
      kind: 'throttled',
    });
  });

  it('may finish an operation with an error', async () => {
    const error = { errors: [{ code: 'BACKEND_ERROR', message: 'try again' }] };
    const google = answering(async () => Response.json({ name: 'o', status: 'DONE', error }));
    expect(await google.look('o', { signal })).toEqual({
      kind: 'failed',
      message: 'BACKEND_ERROR try again',
    });
    expect(await google.send(hard(path('/')), { reference: 'r', signal })).toMatchObject({ kind: 'failed' });
  });
});
