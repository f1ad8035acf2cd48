/**
 * Compute Engine's API as far as invalidating a URL map goes: one path or ten tags, 500 in a minute, and a request id that makes
 * the same request the same operation.
 */

import type { WireReply } from '../../../infra/local/loopback.ts';
import { bearerOf, bodyOf, createWindow, json, type VendorFake } from './vendor.ts';

export interface GoogleFakeOptions {
  readonly token: string;
  readonly project: string;
  readonly urlMap: string;
  readonly clock: () => number;
  /** @default 10_000 */
  readonly takesMs?: number;
  /** Operations that end badly, by their number from 1. */
  readonly fails?: ReadonlySet<number> | undefined;
}

interface Operation {
  readonly name: string;
  readonly body: string;
  readonly doneAt: number;
  readonly isBad: boolean;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function createGoogleFake({
  token,
  project,
  urlMap,
  clock,
  takesMs = 10_000,
  fails,
}: GoogleFakeOptions) {
  const taken: string[] = [];
  let [requests, beyond] = [0, 0];
  const minute = createWindow(clock, 500, 60_000);
  const byRequest = new Map<string, Operation>();
  const global = `/compute/v1/projects/${project}/global`;
  const tell = ({ name, doneAt, isBad }: Operation) => {
    const isDone = clock() >= doneAt;
    const error = isDone &&
      isBad && { errors: [{ code: 'BACKEND_ERROR', message: 'An edge did not answer' }] };
    return json(200, {
      kind: 'compute#operation',
      name,
      status: isDone ? 'DONE' : 'RUNNING',
      ...(error && { error }),
    });
  };

  function invalidate(requestId: string, body: Readonly<Record<string, unknown>>): WireReply {
    const words = wrong(body);
    if (words) return refuse(400, 'invalid', words);
    const before = byRequest.get(requestId);
    if (before)
      return before.body === JSON.stringify(body)
        ? tell(before)
        : refuse(409, 'alreadyExists', 'Other request');
    if (!minute.take()) {
      beyond += 1;
      return refuse(403, 'rateLimitExceeded', 'Quota exceeded for cache invalidations per minute');
    }
    const operation = {
      name: `operation-${byRequest.size + 1}`,
      body: JSON.stringify(body),
      doneAt: clock() + takesMs,
      isBad: fails?.has(byRequest.size + 1) === true,
    };
    byRequest.set(requestId, operation);
    const { path, host = '*', cacheTags } = body;
    taken.push(...(Array.isArray(cacheTags) ? cacheTags.map(tag => `tag ${tag}`) : [`${host} ${path}`]));
    return tell(operation);
  }

  return {
    answer(request) {
      const { pathname, searchParams } = new URL(request.url, 'https://compute.googleapis.com');
      if (bearerOf(request) !== token) return refuse(401, 'authError', 'Invalid Credentials');
      if (request.method === 'GET' && pathname.startsWith(`${global}/operations/`)) {
        const found = [...byRequest.values()].find(({ name }) => pathname.endsWith(`/${name}`));
        return found ? tell(found) : refuse(404, 'notFound', 'The operation was not found');
      }
      requests += 1;
      if (pathname !== `${global}/urlMaps/${urlMap}/invalidateCache`)
        return refuse(404, 'notFound', 'No such URL map');
      const requestId = searchParams.get('requestId') ?? '';
      return UUID.test(requestId)
        ? invalidate(requestId, bodyOf(request) ?? {})
        : refuse(400, 'invalid', 'requestId');
    },
    taken: () => taken,
    requests: () => requests,
    beyond: () => beyond,
  } satisfies VendorFake;
}

function wrong({ path, host, cacheTags, ...rest }: Readonly<Record<string, unknown>>): string | undefined {
  if (Object.keys(rest).length > 0) return 'Unknown field';
  if (cacheTags !== undefined) {
    if (!Array.isArray(cacheTags) || cacheTags.length === 0 || cacheTags.length > 10)
      return 'At most 10 cache tags';
    return cacheTags.every(tag => /^[!-+\--~]{1,256}$/.test(tag)) ? undefined : 'Invalid cache tag';
  }
  if (typeof path !== 'string' || !path.startsWith('/') || path.length > 1_024) return 'Invalid path';
  if (/[?#]/.test(path) || !/^[^*]*(\/\*)?$/.test(path)) return 'A * may only follow the last /';
  return host === undefined || (typeof host === 'string' && host !== '') ? undefined : 'Invalid host';
}

function refuse(status: number, reason: string, message: string): WireReply {
  return json(status, { error: { code: status, message, errors: [{ reason, message, domain: 'global' }] } });
}
