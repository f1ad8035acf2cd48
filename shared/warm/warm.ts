/**
 * Fetches paths through the edge, so that the next visitor finds them in its cache.
 *
 * Shape   paths, the instant to stop -> outcome by path
 * Units   ms; instants epoch ms; body sizes in bytes
 * Errors  none: a request that fails is an outcome
 * Cost    one GET a path, four under way; bodies are read to their end and thrown away, redirects are not followed
 */

import { mapBounded } from '../primitives/bounded.ts';
import type { Clock } from '../primitives/clock.ts';
import { decideOutcome, type WarmOutcome } from './outcome.ts';

export interface WarmerOptions {
  /** The edge's origin, for example https://www.example.com. */
  readonly edgeUrl: string;
  /** @default 4 */
  readonly concurrency?: number;
  /** For one request, its body included. @default 10,000 */
  readonly timeoutMs?: number;
  /** A longer body is left, so that a download cannot eat the run. @default 32 MiB */
  readonly maxBodyBytes?: number;
}

export interface WarmerDeps {
  readonly fetch: typeof fetch;
  readonly clock: Clock;
}

export interface Warmer {
  /** What is not begun when the signal aborts is skipped; what is under way ends. */
  warm(
    paths: readonly string[],
    stopAt: number,
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, WarmOutcome>>;
}

export const WARMER_DEFAULTS = {
  concurrency: 4,
  timeoutMs: 10_000,
  maxBodyBytes: 32 * 1024 * 1024,
} satisfies Omit<WarmerOptions, 'edgeUrl'>;

export function createWarmer({ fetch, clock }: WarmerDeps, options: WarmerOptions): Warmer {
  const { edgeUrl, concurrency, timeoutMs, maxBodyBytes } = { ...WARMER_DEFAULTS, ...options };

  async function warmOne(path: string, stopAt: number, signal?: AbortSignal): Promise<WarmOutcome> {
    const leftMs = stopAt - clock();
    if (leftMs <= 0 || signal?.aborted) return { kind: 'skipped' };
    try {
      const response = await fetch(new URL(path, edgeUrl), {
        redirect: 'manual',
        headers: { 'user-agent': 'Headrace-Warm-Cache' },
        signal: AbortSignal.timeout(Math.min(timeoutMs, leftMs)),
      });
      await drain(response.body, maxBodyBytes);
      return decideOutcome(response.status, response.headers.get('cache-status'));
    } catch (error) {
      return { kind: 'failed', reason: reasonOf(error) };
    }
  }

  return {
    async warm(paths, stopAt, signal) {
      const outcomes = await mapBounded(
        paths,
        concurrency,
        async path => [path, await warmOne(path, stopAt, signal)] as const,
      );
      return new Map(outcomes);
    },
  };
}

/** The edge stores a response only when its whole body went by. */
async function drain(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<void> {
  if (!body) return;
  let size = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > maxBytes) return reader.cancel();
  }
}

/** fetch says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  return String(cause ?? error);
}
