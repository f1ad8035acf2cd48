/**
 * The proxy as it ships, asked by itself from inside: an origin that makes up a page for any URL, and as many URLs a request
 * as are wanted, so that a hundred thousand take seconds.
 */

import { createProxy } from '../../../edge/proxy/handler.ts';
import type { Stored } from '../../../edge/proxy/stored.ts';
import { createLevels } from '../../../shared/cache/levels.ts';
import { createMemoryStore } from '../../../shared/cache/memory-store.ts';
import { planOf } from '../../edge/exchange.ts';

/** The pipe that the edge uses, which only workerd has. */
const Pipe = Reflect.get(globalThis, 'IdentityTransformStream') as typeof TransformStream;

const clock = Date.now;

/** By the first request, which says how many bytes are configured. */
let edge: ReturnType<typeof createEdge> | undefined;

function createEdge(maxBytes: number) {
  const plan = planOf({ levels: { l1: { maxBytes, maxEntries: 1_000_000 } } });
  const memory = createMemoryStore<Stored>({ ...plan.levels.l1, clock });
  const proxy = createProxy({
    plan,
    cache: createLevels<Stored>({ memory, onEvent: () => {} }),
    send: async ({ target }) => pageOf(target),
    clock,
    createPipe: () => new Pipe<Uint8Array, Uint8Array>(),
    codecs: [],
    random: Math.random,
  });
  return { memory, proxy };
}

/** From 200 bytes to 8 KB, some with tags, some that vary, some that are not stored. */
function pageOf(target: string): Response {
  const n = Number(/\d+$/.exec(target)?.[0] ?? 0);
  const headers = new Headers({
    'content-type': 'text/plain',
    'cache-control': n % 50 === 0 ? 'no-store' : 'max-age=600',
    etag: `"${n}"`,
  });
  if (n % 3 === 0) headers.set('surrogate-key', `page-${n} group-${n % 100}`);
  if (n % 5 === 0) headers.set('vary', 'accept-language');
  return new Response('x'.repeat(200 + ((n * 7_919) % 7_800)), { headers });
}

export default {
  async fetch(request: Request): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const [maxBytes, from, count] = ['maxBytes', 'from', 'count'].map(name => Number(searchParams.get(name)));
    edge ??= createEdge(maxBytes ?? 0);
    for (let n = from ?? 0; n < (from ?? 0) + (count ?? 0); n++) {
      await visit(edge, `http://shop.example/page-${n}`);
      // A hit leaves things in memory, too.
      if (n % 10 === 0) await visit(edge, `http://shop.example/page-${n}`);
    }
    return Response.json(edge.memory.size());
  },
};

async function visit({ proxy }: ReturnType<typeof createEdge>, url: string): Promise<void> {
  const behind: Promise<unknown>[] = [];
  const request = new Request(url, { headers: { 'accept-language': 'de' } });
  const response = await proxy(request, new URL(url), work => void behind.push(work));
  await response.arrayBuffer();
  await Promise.all(behind);
}
