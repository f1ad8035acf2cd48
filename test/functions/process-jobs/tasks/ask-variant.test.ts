import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAskVariant } from '../../../../functions/process-jobs/tasks/ask-variant.ts';
import { parseImageRequest } from '../../../../shared/images/request/parse-request.ts';
import { verifySignature } from '../../../../shared/images/url/signing.ts';

const NOW = 1_700_000_000_000;
const KEY = 'k'.repeat(32);
const PATH = '/images/width=64,format=webp/a%20b.jpg';

let picture: Buffer;
beforeAll(async () => {
  const blank = sharp({ create: { width: 64, height: 48, channels: 3, background: 'teal' } });
  picture = await blank.webp().toBuffer();
});

function asking(answer: () => Response, signingKeys: readonly string[] = []) {
  const asked: string[] = [];
  const ask = createAskVariant(
    {
      clock: () => NOW,
      async fetch(url, init) {
        init?.signal?.throwIfAborted();
        asked.push(String(url));
        return answer();
      },
    },
    { edgeUrl: 'https://edge.example', imagesPath: '/images', signingKeys },
  );
  return { asked, ask: (signal = new AbortController().signal) => ask(PATH, signal) };
}

const problem = (status: number, code: string) => Response.json({ code }, { status });

describe('asking the edge for a variant', () => {
  it('tells how large it came out', async () => {
    const headers = { 'content-type': 'image/webp' };
    const { ask, asked } = asking(() => new Response(new Uint8Array(picture), { headers }));
    expect(await ask()).toEqual({
      ok: true,
      width: 64,
      height: 48,
      bytes: picture.byteLength,
      contentType: 'image/webp',
    });
    expect(asked).toEqual([`https://edge.example${PATH}`]);
  });

  it('signs where the edge asks for signatures, for a short while', async () => {
    const { ask, asked } = asking(() => problem(404, 'IMAGE_SOURCE_MISSING'), [KEY]);
    await ask();
    const url = new URL(asked[0] ?? '');
    const request = parseImageRequest(url, { path: '/images', forms: [] });
    if ('kind' in request) throw new Error(request.detail);
    const verify = (now: number) => verifySignature(request, url.search, { keys: [KEY], now });
    expect(await verify(NOW)).toBeUndefined();
    expect(await verify(NOW + 3_600_000)).toMatchObject({ code: 'IMAGE_SIGNATURE_EXPIRED' });
  });

  it('that is refused tells the code', async () => {
    const { ask } = asking(() => problem(404, 'IMAGE_SOURCE_MISSING'));
    expect(await ask()).toEqual({ ok: false, code: 'IMAGE_SOURCE_MISSING' });
  });

  it.each([429, 502])('fails when it was answered %i, which passes', async status => {
    const { ask } = asking(() => problem(status, 'ORIGIN_UNREACHABLE'));
    await expect(ask()).rejects.toMatchObject({
      code: 'IMAGE_EDGE_FAILED',
      message: `${PATH} was answered ${status} ORIGIN_UNREACHABLE`,
    });
  });

  it('does not begin once the job has been stopped', async () => {
    const { ask, asked } = asking(() => problem(500, 'X'));
    await expect(ask(AbortSignal.abort())).rejects.toThrow();
    expect(asked).toEqual([]);
  });
});
