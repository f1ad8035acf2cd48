/**
 * Sends a request to an origin and hands back its answer byte for byte: no redirect followed, no coding undone.
 *
 * Errors  rejects with whatever the runtime's fetch rejects with
 * Cost    one request to the origin
 * Source  developers.cloudflare.com/workers/runtime-apis/request (encodeResponseBody, resolveOverride)
 */

import type { Origin } from '../../shared/config/plan.ts';
import type { UpstreamBindings } from '../env.ts';
import type { PlatformRequestInit, PlatformResponse } from '../platform.ts';

export interface UpstreamRequest {
  readonly origin: Origin;
  /** Absent: Headrace asks for itself. */
  readonly onBehalfOf?: Behalf;
  /** The Host the client asked for. */
  readonly clientHost: string;
  /** Path and query, as they came. */
  readonly target: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: ReadableStream | null;
  readonly signal: AbortSignal;
}

export interface Behalf {
  /** The client's own. */
  readonly request: Request;
  /** A refresh: the client has its answer already. */
  readonly isBehind: boolean;
}

export type SendUpstream = (request: UpstreamRequest) => Promise<Response>;

/** An accepted upgrade is no response to build anew: its two ends are part of it. */
export function isWebSocketAnswer(response: Response): boolean {
  return Boolean((response as PlatformResponse).webSocket);
}

export function createUpstream(env: UpstreamBindings): SendUpstream {
  return request => {
    const { origin, target, method, headers, body, signal } = request;
    const init: PlatformRequestInit = {
      method,
      headers,
      body,
      signal,
      redirect: 'manual',
      encodeResponseBody: 'manual',
    };
    if (origin.host === 'origin') return fetch(origin.url + target, init);
    return askByClientHost(env, request, init);
  };
}

/**
 * A plain fetch takes Host from its URL. Where the launcher bound the origin's address, that URL may name the client's
 * host; on Cloudflare `resolveOverride` does the same within one zone.
 */
function askByClientHost(
  env: UpstreamBindings,
  { origin, clientHost, target }: UpstreamRequest,
  init: PlatformRequestInit,
): Promise<Response> {
  const address = new URL(origin.url);
  const url = `${address.protocol}//${clientHost}${target}`;
  const binding = env[`UPSTREAM_${origin.name}`];
  if (binding) return binding.fetch(url, init);
  const inZone: PlatformRequestInit = { ...init, cf: { resolveOverride: address.hostname } };
  return fetch(url, inZone);
}
