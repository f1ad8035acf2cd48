/**
 * Caches what the handlers behind it answer, by the proxy's own steps: lookup, collapse, store, conditions, ranges.
 *
 * The options are those of a route in headrace.config.ts, with one difference: `ttl` holds where the handler itself says
 * nothing of caching.
 *
 * Errors  AppPlanError at once, for an option that is wrong
 * Cost    as the proxy's; a miss runs the handlers
 */

import type { MiddlewareHandler } from 'hono';
import type { Levels } from '../../shared/cache/levels.ts';
import type { Codec } from '../../shared/http/compression.ts';
import { parseRequestUrl } from '../../shared/http/request-url.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { CODECS } from '../adapters/codecs.ts';
import type { WaitUntil } from '../platform.ts';
import { createProxy } from '../proxy/handler.ts';
import type { Stored } from '../proxy/stored.ts';
import { type Application, contextOf, createAppOrigin } from './app-origin.ts';
import { type AppRoute, planOfApp } from './app-plan.ts';
import { type CacheHeaders, type CacheVariables, createHeaderWriter, listen } from './cache-headers.ts';
import { createHttpCache } from './http-cache.ts';
import { mayBeTaken, respond, takeResponse } from './respond.ts';

export interface CacheMiddlewareOptions extends AppRoute, Pick<CacheHeaders, 'ttl' | 'private'> {
  /** Where it is kept. @default memory of this middleware's own */
  readonly store?: Levels<Stored>;
  /** The application, which a refresh asks behind the client's back. @default refreshed while the client waits */
  readonly app?: Application;
  /** @default brotli, zstd and gzip of node:zlib */
  readonly codecs?: readonly Codec[];
}

export function cache(options: CacheMiddlewareOptions): MiddlewareHandler<CacheVariables> {
  const { ttl, private: isPrivate, store, app, codecs = CODECS, ...route } = options;
  const origin = createAppOrigin(app);
  const write = createHeaderWriter({ ...(ttl && { ttl }), ...(isPrivate && { private: isPrivate }) });
  const answer = createProxy({
    plan: planOfApp(route),
    cache: store ?? createHttpCache(),
    send: origin.send,
    clock,
    random: Math.random,
    createPipe: () => new TransformStream(),
    codecs,
    refresh: app ? 'behind' : 'before',
  });

  return async function cache(c, next) {
    const told = listen(c);
    const handle = async () => {
      await next();
      const response = takeResponse(c);
      if (mayBeTaken(response)) write(response.headers, told());
      return response;
    };
    const request = c.req.raw;
    if (origin.isRefresh(request)) return respond(c, await handle());
    const url = parseRequestUrl(request.url);
    const response = await origin.serve(c, handle, async () => answer(request, url, waitUntilOf(c)));
    c.req.raw = request;
    respond(c, response);
  };
}

/** Where no runtime waits, as in Node, work goes on by itself; there its failure, told elsewhere, would end the process. */
function waitUntilOf(c: Parameters<typeof contextOf>[0]): WaitUntil {
  const context = contextOf(c);
  return work => {
    const quiet = work.catch(() => undefined);
    context?.waitUntil(quiet);
  };
}
