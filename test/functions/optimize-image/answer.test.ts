import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMemoryVariants } from '../../../functions/adapters/image-stores/memory-variants.ts';
import { createAnswer, type ImageQuestion } from '../../../functions/optimize-image/answer.ts';
import type { Answer } from '../../../functions/optimize-image/words.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/images/refusal.ts';
import { completeImageSettings, type ImageSettingsInput } from '../../../shared/images/settings.ts';
import type { Variant } from '../../../shared/images/stores.ts';
import { signedImageUrl } from '../../../shared/images/url/image-url.ts';

const KEY = 'a key that is long enough for a signature';

/** The function over a source store in memory, with an engine that repeats what it was asked for. */
function serve(input: ImageSettingsInput = {}, signingKeys: readonly string[] = []) {
  const settings = completeImageSettings(input);
  const stored = new Map([['a.jpg', '"1"']]);
  const calls: string[] = [];
  let hold: Promise<void> = Promise.resolve();
  let failure: Refusal | undefined;
  const errors: unknown[] = [];
  const memory = createMemoryVariants();
  const sources = {
    async stat(source: string) {
      calls.push('stat');
      const etag = stored.get(source);
      return etag === undefined ? refuse('IMAGE_SOURCE_MISSING', source) : { etag };
    },
    read: () => Promise.reject(new Error('only what makes pictures reads sources')),
  };
  const variants = {
    find(key: string) {
      calls.push('find');
      return memory.find(key);
    },
    async keep(key: string, variant: Parameters<typeof memory.keep>[1]) {
      calls.push(`keep ${key}`);
      if (key.includes('unstorable')) throw new Error('the store is down');
      await memory.keep(key, variant);
    },
  };
  const answer = createAnswer({
    sources,
    variants,
    settings,
    signingKeys,
    clock: () => 0,
    onError: error => errors.push(error),
    fallback: async () =>
      settings.fallbackKey === null ? undefined : { bytes: new Uint8Array([7]), contentType: 'image/png' },
    async make({ source, options }): Promise<Variant | Refusal> {
      calls.push('make');
      await hold;
      if (failure) return failure;
      const sourceETag = stored.get(source);
      if (sourceETag === undefined) return refuse('IMAGE_SOURCE_MISSING', source);
      return {
        bytes: new TextEncoder().encode(JSON.stringify(options)),
        contentType: 'image/webp',
        sourceETag,
      };
    },
  });
  return {
    calls,
    errors,
    stored,
    fail(refusal: Refusal) {
      failure = refusal;
    },
    holdUntil(released: Promise<void>) {
      hold = released;
    },
    async ask(url: string, extra: Partial<ImageQuestion> = {}): Promise<Answer> {
      const { pathname, search } = new URL(`http://function.test${url}`);
      const question = {
        method: 'GET',
        accept: 'image/webp',
        ifNoneMatch: undefined,
        looked: false,
        ...extra,
      };
      return answer({ pathname, search, ...question });
    },
  };
}

const field = (answer: Answer, name: string) => answer.fields.find(([given]) => given === name)?.[1];
const problemIn = ({ status, body }: Answer) => ({ status, code: JSON.parse(String(body)).code });

describe('a picture', () => {
  it('is made once, and stored when the answer has gone out', async () => {
    const { ask, calls } = serve();
    const first = await ask('/images/width=320/a.jpg');
    expect(calls).toEqual(['find', 'make']);
    await first.after?.();
    expect(calls.at(-1)).toBe('keep a.jpg/width=320,format=webp,quality=83');
    calls.length = 0;
    const again = await ask('/images/width=300,f=auto/a.jpg');
    expect(again.body).toEqual(first.body);
    expect(again.after).toBeUndefined();
    expect(calls).toEqual(['find', 'stat']);
  });

  it('says what it is, how long it keeps, by what it is purged, and that it is nothing else', async () => {
    const { ask } = serve();
    const { status, fields } = await ask('/images/width=320/a.jpg');
    expect(status).toBe(200);
    const hash = createHash('sha256').update('a.jpg').digest('hex').slice(0, 40);
    expect(Object.fromEntries(fields)).toEqual({
      'content-type': 'image/webp',
      etag: expect.stringMatching(/^"[0-9a-f]{16}"$/),
      'cache-control': 'public, max-age=86400, stale-while-revalidate=86400',
      'cache-tag': `src-${hash}`,
      vary: 'Accept',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  });

  it('is told of so that a cache in front asks the store next, when that is where it looks', async () => {
    const { ask } = serve();
    const { fields } = await ask('/images/width=320,format=webp/a.jpg', { looked: true });
    const hash = createHash('sha256').update('a.jpg').digest('hex').slice(0, 40);
    expect(Object.fromEntries(fields)).toMatchObject({
      'cache-control': 'public, max-age=86400, s-maxage=60',
      'x-amz-meta-cache-tag': `src-${hash}`,
    });
  });

  it('is not stored for one who reads the store himself, when its source changed while it was made', async () => {
    const { ask, calls, stored } = serve();
    const outdated = await ask('/images/width=320/a.jpg', { looked: true });
    stored.set('a.jpg', '"2"');
    await outdated.after?.();
    expect(calls).toEqual(['make', 'stat']);
    const current = await ask('/images/width=320/a.jpg', { looked: true });
    await current.after?.();
    expect(calls.at(-1)).toMatch(/^keep /);
  });

  it('varies by Accept only where Accept had a say', async () => {
    const { ask } = serve();
    expect(field(await ask('/images/format=png/a.jpg'), 'vary')).toBeUndefined();
  });

  it('is made anew when its source has changed', async () => {
    const { ask, calls, stored } = serve();
    const before = await ask('/images/width=320/a.jpg');
    await before.after?.();
    stored.set('a.jpg', '"2"');
    const after = await ask('/images/width=320/a.jpg');
    expect(calls.filter(call => call === 'make')).toHaveLength(2);
    expect(field(after, 'etag')).not.toBe(field(before, 'etag'));
  });

  it('is gone when its source is', async () => {
    const { ask, stored } = serve();
    await (await ask('/images/width=320/a.jpg')).after?.();
    stored.delete('a.jpg');
    expect(problemIn(await ask('/images/width=320/a.jpg'))).toEqual({
      status: 404,
      code: 'IMAGE_SOURCE_MISSING',
    });
  });

  it('that many want at once is made once, and stored once', async () => {
    const { ask, calls, holdUntil } = serve();
    const { promise, resolve } = Promise.withResolvers<void>();
    holdUntil(promise);
    const asked = ['width=320', 'w=320', 'width=310,format=auto'].map(options =>
      ask(`/images/${options}/a.jpg`),
    );
    // Whoever joins has joined when nothing is left to do but wait.
    await new Promise(setImmediate);
    resolve();
    for (const answer of await Promise.all(asked)) await answer.after?.();
    expect(calls.filter(call => call === 'make')).toHaveLength(1);
    expect(calls.filter(call => call.startsWith('keep'))).toHaveLength(1);
  });

  it('is not looked for when the caller has looked', async () => {
    const { ask, calls } = serve();
    await ask('/images/width=320/a.jpg', { looked: true });
    expect(calls).toEqual(['make']);
  });

  it('is sent although it cannot be stored', async () => {
    const { ask, stored, errors } = serve();
    stored.set('unstorable.jpg', '"1"');
    const answer = await ask('/images/width=320/unstorable.jpg');
    expect(answer.status).toBe(200);
    await answer.after?.();
    expect(errors).toHaveLength(1);
  });
});

describe('a client that has the picture', () => {
  it('is told so, and nothing is looked for or made', async () => {
    const { ask, calls } = serve();
    const etag = field(await ask('/images/width=320/a.jpg'), 'etag');
    calls.length = 0;
    const answer = await ask('/images/width=320/a.jpg', { ifNoneMatch: `"other", ${etag}` });
    expect(answer).toMatchObject({ status: 304, body: '' });
    expect(field(answer, 'etag')).toBe(etag);
    expect(field(answer, 'vary')).toBe('Accept');
    expect(calls).toEqual(['stat']);
  });

  it('of another version gets the new one', async () => {
    const { ask } = serve();
    expect((await ask('/images/width=320/a.jpg', { ifNoneMatch: '"other"' })).status).toBe(200);
  });
});

describe('what goes wrong', () => {
  it('is a problem with a code, and is not stored', async () => {
    const { ask, calls, fail } = serve();
    fail(refuse('IMAGE_UNREADABLE', 'half of it is missing'));
    const answer = await ask('/images/width=320/a.jpg');
    expect(problemIn(answer)).toEqual({ status: 422, code: 'IMAGE_UNREADABLE' });
    expect(field(answer, 'cache-control')).toBe('no-store');
    expect(answer.after).toBeUndefined();
    expect(calls.some(call => call.startsWith('keep'))).toBe(false);
  });

  it.each(['0', '-5', 'abc', '1e9', '99999999999999999999'])(
    'width=%s is refused before anything is asked',
    async width => {
      const { ask, calls } = serve();
      expect(problemIn(await ask(`/images/width=${width}/a.jpg`))).toEqual({
        status: 400,
        code: 'IMAGE_OPTION_INVALID',
      });
      expect(calls).toEqual([]);
    },
  );

  it('with another method says which there are', async () => {
    const answer = await serve().ask('/images/width=320/a.jpg', { method: 'POST' });
    expect(problemIn(answer)).toEqual({ status: 405, code: 'IMAGE_METHOD_UNSUPPORTED' });
    expect(field(answer, 'allow')).toBe('GET, HEAD');
  });

  it('may lead to the original, briefly', async () => {
    const { ask, fail } = serve({ originalsUrl: 'https://cdn.example/originals/' });
    fail(refuse('IMAGE_TOO_SLOW', ''));
    const answer = await ask('/images/width=320,onerror=redirect/a.jpg');
    expect(answer.status).toBe(302);
    expect(field(answer, 'location')).toBe('https://cdn.example/originals/a.jpg');
    expect(field(answer, 'cache-control')).toBe('public, max-age=60');
  });

  it.each([
    ['that is not there', 'IMAGE_SOURCE_MISSING', 404],
    ['that is not allowed', 'IMAGE_SOURCE_REFUSED', 403],
  ] as const)('leads to no original %s', async (_, code, status) => {
    const { ask, fail } = serve({ originalsUrl: 'https://cdn.example/' });
    fail(refuse(code, ''));
    const url = '/images/onerror=redirect/https%3A%2F%2Fevil.example%2Fa.jpg';
    expect(problemIn(await ask(url))).toEqual({ status, code });
  });

  it('may show another picture, briefly, and still count as what it is', async () => {
    const { ask } = serve({ fallbackKey: 'none.png' });
    const answer = await ask('/images/width=320,onerror=fallback/missing.jpg');
    expect(answer).toMatchObject({ status: 404, body: new Uint8Array([7]) });
    expect(field(answer, 'content-type')).toBe('image/png');
    expect(field(answer, 'cache-control')).toBe('public, max-age=60');
  });
});

describe('with keys', () => {
  it('only what is signed is served', async () => {
    const { ask, calls } = serve({}, [KEY]);
    expect(problemIn(await ask('/images/width=320/a.jpg'))).toMatchObject({
      code: 'IMAGE_SIGNATURE_MISSING',
    });
    expect(calls).toEqual([]);
    const url = await signedImageUrl('a.jpg', { width: 320 }, { keys: [KEY], expiresAt: 5_000 });
    expect((await ask(url)).status).toBe(200);
  });
});

it('serves presets only, where it is told so', async () => {
  const { ask } = serve({ presets: { card: 'width=320' }, presetsOnly: true });
  expect(problemIn(await ask('/images/width=320/a.jpg'))).toEqual({
    status: 403,
    code: 'IMAGE_PRESET_REQUIRED',
  });
  expect(isRefusal(await ask('/images/preset=card/a.jpg'))).toBe(false);
  expect((await ask('/images/preset=card/a.jpg')).status).toBe(200);
});
