import { describe, expect, it } from 'vitest';
import { createWarmer } from '../../../shared/warm/warm.ts';

const EDGE = 'https://www.example.com';
const NOW = 1_700_000_000_000;
const LATER = NOW + 60_000;

interface Seen {
  readonly url: string;
  readonly init: RequestInit;
}

/** An edge that answers as the test says, and remembers what it was asked. */
function createEdge(answer: (path: string) => Response | Promise<Response>) {
  const seen: Seen[] = [];
  const fetch = async (url: URL, init: RequestInit) => {
    seen.push({ url: String(url), init });
    return answer(url.pathname);
  };
  return { seen, fetch: fetch as typeof globalThis.fetch };
}

const stored = () => new Response('x', { headers: { 'cache-status': 'Headrace; fwd=uri-miss; stored' } });

describe('createWarmer', () => {
  it('GETs every path from the edge, and follows no redirect', async () => {
    const { seen, fetch } = createEdge(stored);
    const warmer = createWarmer({ fetch, clock: () => NOW }, { edgeUrl: EDGE });
    const outcomes = await warmer.warm(['/a', '/b?c=1'], LATER);
    expect(seen.map(({ url }) => url)).toEqual([`${EDGE}/a`, `${EDGE}/b?c=1`]);
    expect(seen.every(({ init }) => init.redirect === 'manual' && init.method === undefined)).toBe(true);
    expect([...outcomes]).toEqual([
      ['/a', { kind: 'stored' }],
      ['/b?c=1', { kind: 'stored' }],
    ]);
  });

  it('keeps going when a request fails, and says why', async () => {
    const { fetch } = createEdge(path => {
      if (path === '/bad') throw new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') });
      return stored();
    });
    const warmer = createWarmer({ fetch, clock: () => NOW }, { edgeUrl: EDGE, concurrency: 1 });
    const outcomes = await warmer.warm(['/bad', '/good'], LATER);
    expect(outcomes.get('/bad')).toEqual({ kind: 'failed', reason: 'Error: connect ECONNREFUSED' });
    expect(outcomes.get('/good')).toEqual({ kind: 'stored' });
  });

  it('skips what it has no time for', async () => {
    let now = NOW;
    const { seen, fetch } = createEdge(() => {
      now += 600;
      return stored();
    });
    const warmer = createWarmer({ fetch, clock: () => now }, { edgeUrl: EDGE, concurrency: 1 });
    const outcomes = await warmer.warm(['/1', '/2', '/3', '/4'], NOW + 1_000);
    expect(seen).toHaveLength(2);
    expect([...outcomes.values()].map(({ kind }) => kind)).toEqual([
      'stored',
      'stored',
      'skipped',
      'skipped',
    ]);
  });

  it('gives up on an answer that does not come', async () => {
    const fetch = (_: unknown, { signal }: RequestInit) =>
      new Promise<Response>((_, reject) => {
        signal?.addEventListener('abort', () => reject(signal.reason));
        // A fetch on its way keeps a process alive; AbortSignal.timeout alone does not.
        setTimeout(() => {}, 200);
      });
    const warmer = createWarmer(
      { fetch: fetch as typeof globalThis.fetch, clock: () => NOW },
      { edgeUrl: EDGE, timeoutMs: 20 },
    );
    const outcomes = await warmer.warm(['/slow'], LATER);
    expect(outcomes.get('/slow')).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('TimeoutError'),
    });
  });

  it('reads a body to its end, so that the edge can store it', async () => {
    let ended = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (ended) controller.close();
        else controller.enqueue(new Uint8Array(1_000));
        ended = true;
      },
    });
    const { fetch } = createEdge(() => new Response(body));
    const warmer = createWarmer({ fetch, clock: () => NOW }, { edgeUrl: EDGE });
    expect((await warmer.warm(['/a'], LATER)).get('/a')).toEqual({ kind: 'passed' });
    expect(ended).toBe(true);
  });

  it('leaves a body that has no end', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: controller => controller.enqueue(new Uint8Array(600)),
      cancel() {
        cancelled = true;
      },
    });
    const { fetch } = createEdge(() => new Response(body));
    const warmer = createWarmer({ fetch, clock: () => NOW }, { edgeUrl: EDGE, maxBodyBytes: 1_000 });
    await warmer.warm(['/endless'], LATER);
    expect(cancelled).toBe(true);
  });
});
