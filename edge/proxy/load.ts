/**
 * Gets a response from the origin: by a condition when something stored may still stand, with the fields its Vary asks for,
 * and falls back on what is stored when the origin fails.
 *
 * Shape   Loading -> the client's response; what is worth keeping is kept behind its back
 * Errors  502 ORIGIN_UNREACHABLE, 504 ORIGIN_TIMEOUT
 * Cost    one origin request; one more when a 304 or a Vary asks for it, once
 * Source  RFC 9111 §4.3; RFC 5861 §4
 */

import type { CacheStatus, ForwardReason } from '../../shared/http/cache-status.ts';
import { revalidationFields } from '../../shared/http/conditional.ts';
import type { Fields } from '../../shared/http/fields.ts';
import { isFreshenedBy } from '../../shared/http/freshen.ts';
import { mayServeOnError } from '../../shared/http/reuse.ts';
import { isServerFailure } from '../../shared/http/status.ts';
import { parseVary } from '../../shared/http/vary.ts';
import { deliver, deliverStored } from './deliver.ts';
import type { CacheableExchange } from './exchange.ts';
import { type FetchOriginDeps, fetchOrigin, type OriginAnswer, type OriginFailure } from './fetch-origin.ts';
import { type Keeping, keepAnswer, keepFreshened } from './keep.ts';
import { originProblem } from './origin-problem.ts';
import { freshnessOf, type StoredEntry } from './stored.ts';

export interface Loading extends Keeping {
  readonly reason: ForwardReason;
  readonly detail?: string | undefined;
  /** Stale, or to be confirmed: asked about by a condition, and served when the origin fails. */
  readonly entry?: StoredEntry | undefined;
}

export interface LoadDeps extends FetchOriginDeps {
  readonly maxBodyBytes: number;
  readonly maxHeaderBytes: number;
}

export async function load(loading: Loading, deps: LoadDeps): Promise<Response> {
  const { exchange, entry } = loading;
  const answer = await ask(loading, knownVary(loading), deps);
  if (answer.kind === 'failure') return standIn(loading, undefined, deps) ?? fail(loading, answer);
  if (entry && answer.status === 304) return confirm(loading, entry, answer, deps);
  const stale = isServerFailure(answer.status) ? standIn(loading, answer, deps) : undefined;
  if (stale) return stale;
  const { fields, status, body, kept } = keepAnswer(loading, answer, deps);
  const delivery = { status, fields, receivedAt: answer.receivedAt, body };
  return deliver(
    exchange,
    delivery,
    forwarded(loading, { status, stored: kept.storable, detail: whyOf(kept) }),
  );
}

function whyOf(kept: ReturnType<typeof keepAnswer>['kept']): string | undefined {
  return kept.storable ? undefined : kept.why;
}

/** Asks with the quiet fields that this URL is known to vary by, and again when the answer turns out to vary by more. */
async function ask(
  loading: Loading,
  vary: readonly string[],
  deps: LoadDeps,
): Promise<OriginAnswer | OriginFailure> {
  const { exchange, entry } = loading;
  const answer = await fetchOrigin(exchange, [...fieldsFor(exchange, vary), ...conditionOf(entry)], deps);
  if (answer.kind === 'failure') return answer;
  const unsent = unsentFields(exchange, vary, answer.fields);
  if (unsent.length === 0) return answer;
  await answer.response.body?.cancel();
  return fetchOrigin(exchange, fieldsFor(exchange, [...vary, ...unsent]), deps);
}

function conditionOf(entry: StoredEntry | undefined): Fields {
  return entry ? revalidationFields(entry.meta.fields) : [];
}

function fieldsFor({ forwarding }: CacheableExchange, vary: readonly string[]): Fields {
  return [...forwarding.fields, ...forwarding.quiet.filter(([name]) => vary.includes(name))];
}

function unsentFields(
  { forwarding }: CacheableExchange,
  sent: readonly string[],
  fields: Fields,
): readonly string[] {
  const vary = parseVary(fields);
  if (vary === '*') return [];
  const quiet = new Set(forwarding.quiet.map(([name]) => name));
  return vary.filter(name => quiet.has(name) && !sent.includes(name));
}

function knownVary({ reading: { near, far } }: Loading): readonly string[] {
  return [...near.forks.names, ...(far?.forks.names ?? [])];
}

/** 304: what is stored still stands, unless it speaks of another response; then the origin is asked without a condition. */
async function confirm(
  loading: Loading,
  entry: StoredEntry,
  answer: OriginAnswer,
  deps: LoadDeps,
): Promise<Response> {
  if (!isFreshenedBy(entry.meta.fields, answer.fields)) return load({ ...loading, entry: undefined }, deps);
  const freshened = keepFreshened(loading, entry, answer);
  const status = forwarded(loading, { status: 304, stored: true });
  return deliverStored(loading.exchange, freshened, status, deps.clock());
}

/** What is stored, in place of an origin that fails (RFC 5861 §4). */
function standIn(loading: Loading, failed: OriginAnswer | undefined, deps: LoadDeps): Response | undefined {
  const { exchange, entry } = loading;
  const now = deps.clock();
  const context = { policy: exchange.route.policy, now };
  if (!entry || !mayServeOnError(freshnessOf(entry, now), exchange.directives, context)) return undefined;
  failed?.response.body?.cancel().catch(() => undefined);
  const status = forwarded(loading, { status: failed?.status, stored: false, detail: 'stale-if-error' });
  return deliverStored(exchange, entry, status, now);
}

function fail(loading: Loading, failure: OriginFailure): Response {
  return originProblem(loading.exchange.origin, failure, forwarded(loading, { stored: false }));
}

interface Outcome {
  readonly status?: number | undefined;
  readonly stored: boolean;
  readonly detail?: string | undefined;
}

function forwarded({ reason, detail }: Loading, { status, stored, detail: why }: Outcome): CacheStatus {
  const told = detail ?? why;
  return {
    hit: false,
    forwarded: reason,
    ...(status !== undefined && { forwardStatus: status }),
    ...(stored && { stored }),
    ...(told !== undefined && { detail: told }),
  };
}
