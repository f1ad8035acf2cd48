/**
 * One request on its way through the proxy: what every step needs to know of it.
 */

import type { Origin } from '../../shared/config/plan.ts';
import type { Route } from '../../shared/config/route.ts';
import type { CacheControl } from '../../shared/http/cache-control.ts';
import { type Fields, withoutFields } from '../../shared/http/fields.ts';
import { policyForFile } from '../../shared/http/file-policy.ts';
import type { CachePolicy } from '../../shared/http/policy.ts';
import type { RequestUrl } from '../../shared/http/request-url.ts';
import type { Account } from './account.ts';

export interface Exchange {
  readonly request: Request;
  readonly method: string;
  readonly url: RequestUrl;
  /** The client's, Accept-Encoding as the client itself sent it. */
  readonly fields: Fields;
  readonly client: Client;
  readonly origin: Origin;
  readonly route: Route;
  /** The cache's name for what is asked. */
  readonly key: string;
  /** A refresh: the client has its answer already. @default false */
  readonly isBehind?: boolean;
  /** Filled in by whoever answers. */
  readonly account?: Account;
  /** Path and query to ask the origin for. */
  readonly target: string;
}

/** What Headrace knows for a fact. */
export interface Client {
  address(): string | undefined;
  readonly host: string;
  readonly scheme: string;
}

/** An exchange that may be answered from the cache. */
export interface CacheableExchange extends Exchange {
  readonly directives: CacheControl;
  readonly forwarding: Forwarding;
}

/** Sorted out when it is asked for: a hit never does. */
export interface Forwarding {
  /** Sent to the origin with the first attempt. */
  fields(): Fields;
  /** Sent only when the origin's Vary asks for them. */
  quiet(): Fields;
  /** Sent, and not known to be harmless: the answer is stored only when its Vary names them. */
  readonly unknown: readonly string[];
}

/** How long the origin may take to begin its answer, and to be silent in the middle of one that is kept. */
export function timeoutOf({ route, origin }: Exchange): number {
  return route.timeoutMs ?? origin.timeoutMs;
}

/** The request as the rules of sharing see it: a cookie that is part of the key is nobody's secret to the others. */
export function fieldsToJudge({ fields, route }: Exchange): Fields {
  return route.key.headers.includes('cookie') ? withoutFields(fields, ['cookie']) : fields;
}

/** The route's policy for this response: what a path promises has to be there (file-policy.ts). */
export function policyFor({ route, url }: Exchange, responseFields: Fields): CachePolicy {
  return policyForFile(route.policy, url.pathname, responseFields);
}
