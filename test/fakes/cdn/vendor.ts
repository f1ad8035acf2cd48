/**
 * What the fakes of vendors share: tokens, answers in JSON, and a fetch that reaches them without a network.
 */

import type { WireReply, WireRequest } from '../../../infra/local/loopback.ts';

export type VendorAnswer = (request: WireRequest) => WireReply;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface VendorFake {
  readonly answer: VendorAnswer;
  /** Items that were taken, once for each time. */
  readonly taken: () => readonly string[];
  /** Requests that began an invalidation, those that were refused included. */
  readonly requests: () => number;
  /** Of them, those beyond a rate or a quota. */
  readonly beyond: () => number;
}

export function fetchFrom(answer: VendorAnswer): Fetch {
  return async (url, { method = 'GET', headers, body, signal }) => {
    signal?.throwIfAborted();
    const { pathname, search } = new URL(url);
    const reply = answer({
      method,
      url: pathname + search,
      headers: Object.fromEntries([...new Headers(headers)].map(([name, value]) => [name, [value]])),
      body: new TextEncoder().encode(String(body ?? '')),
    });
    const flat = Object.entries(reply.headers ?? {}).map(([name, value]): [string, string] => [
      name,
      String(value),
    ]);
    const isEmpty = reply.status === 204 || reply.status === 304;
    return new Response(isEmpty ? null : (reply.body as string | undefined), {
      status: reply.status,
      headers: flat,
    });
  };
}

export function json(
  status: number,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): WireReply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

export function bodyOf({ body }: WireRequest): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

export function bearerOf({ headers }: WireRequest): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization?.[0] ?? '')?.[1];
}

/** How many were there in the last while, and until when it is full. */
export function createWindow(clock: () => number, most: number, windowMs: number) {
  let times: number[] = [];
  return {
    take(): boolean {
      times = times.filter(at => at > clock() - windowMs);
      if (times.length >= most) return false;
      times.push(clock());
      return true;
    },
    freeInMs: () => Math.max(0, (times[0] ?? 0) + windowMs - clock()),
  };
}

/** A bucket of tokens counted by filling it, as vendors describe theirs. */
export function createBucket(clock: () => number, capacity: number, perSecond: number) {
  let [tokens, filledAt] = [capacity, clock()];
  return {
    take(count = 1): boolean {
      tokens = Math.min(capacity, tokens + ((clock() - filledAt) / 1_000) * perSecond);
      filledAt = clock();
      // What a fraction of a millisecond would have filled is no quarrel.
      if (tokens < count - 0.01) return false;
      tokens -= count;
      return true;
    },
    freeInMs: () => Math.max(0, Math.ceil(((1 - tokens) / perSecond) * 1_000)),
  };
}
