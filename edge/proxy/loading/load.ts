/**
 * Gets a response from the origin: by a condition when something stored may still stand, with the fields its Vary asks for,
 * and falls back on what is stored when the origin fails.
 *
 * Shape   Loading -> the client's response; what is worth keeping is kept behind its back
 * Errors  502 ORIGIN_UNREACHABLE, 502 ORIGIN_ANSWER_INVALID, 504 ORIGIN_TIMEOUT
 * Cost    one origin request; one more when a 304 or a Vary asks for it, once
 * Source  RFC 9111 §4.3; RFC 5861 §4
 */

import type { CacheStatus, ForwardReason } from '../../../shared/http/cache-status.ts';
import type { Fields } from '../../../shared/http/fields.ts';
import { isFreshenedBy } from '../../../shared/http/freshen.ts';
import { mayServeOnError } from '../../../shared/http/reuse.ts';
import { isServerFailure } from '../../../shared/http/status.ts';
import { deliver, deliverStored } from '../delivering/deliver.ts';
import { fieldsAtOrigin, mayStayInCoding } from '../keeping/coding-of-stored.ts';
import { keepAnswer } from '../keeping/keep.ts';
import { keepFreshened } from '../keeping/keep-freshened.ts';
import type { Keepable } from '../keeping/keepable.ts';
import type { KeepDeps, Keeping, Obtained } from '../keeping/keeping.ts';
import { learnFromHead } from '../keeping/learn-from-head.ts';
import { dropSuperseded } from '../keeping/supersede.ts';
import { type AskOriginDeps, askOrigin } from '../origin/ask-origin.ts';
import type { OriginAnswer, OriginFailure } from '../origin/fetch-origin.ts';
import { originProblem } from '../origin/origin-problem.ts';
import { freshnessOf, type StoredEntry } from '../stored.ts';
import type { FlightOutcome } from './flights.ts';

export interface Loading extends Keeping {
  readonly reason: ForwardReason;
  readonly detail?: string | undefined;
  /** Stale, or to be confirmed: asked about by a condition, and served when the origin fails. */
  readonly entry?: StoredEntry | undefined;
  /** Told how it ended where the cache's writes do not tell it, for those who wait for the same answer. */
  readonly onOutcome?: (outcome: FlightOutcome) => void;
}

export interface LoadDeps extends AskOriginDeps, KeepDeps {}

export async function load(loading: Loading, deps: LoadDeps): Promise<Response> {
  const { exchange, entry } = loading;
  const { answer, sent } = await askOrigin(loading, deps);
  if (answer.kind === 'failure') return withoutAnswer(loading, answer, deps);
  if (answer.status === 304)
    return entry ? confirm({ ...loading, entry }, { answer, sent }, deps) : fail(loading, UNASKED_304);
  const stale = isServerFailure(answer.status) ? insteadOf(loading, answer, deps) : undefined;
  if (stale) return stale;
  const delivery = keepAnswer(loading, { answer, sent }, deps);
  if (!delivery.kept.storable) dropSuperseded(loading, { status: delivery.status, why: delivery.kept.why });
  const kept = learnFromHead(loading, { answer, sent }, deps) ?? delivery.kept;
  return deliver(
    exchange,
    { ...delivery, createPipe: deps.createPipe },
    forwarded(loading, { status: delivery.status, ...outcomeOf(kept) }),
  );
}

/** 304: what is stored still stands, unless it speaks of another response; then the origin is asked without a condition. */
async function confirm(
  loading: Loading & { readonly entry: StoredEntry },
  obtained: Obtained,
  deps: LoadDeps,
): Promise<Response> {
  const { exchange, entry } = loading;
  const { fields } = obtained.answer;
  if (!isFreshenedBy(fieldsAtOrigin(entry.meta), fields) || !mayStayInCoding(entry.meta, fields))
    return load({ ...loading, entry: undefined }, deps);
  const freshened = keepFreshened(loading, entry, obtained, deps);
  const { kept } = freshened;
  if (!kept.storable) dropSuperseded(loading, { status: entry.meta.status, why: kept.why });
  const status = forwarded(loading, { status: 304, ...outcomeOf(kept) });
  return withCookies(deliverStored(exchange, freshened.entry, status, deps.clock()), fields);
}

/** What a 304 sets is for the one client whose request caused it: handed on, never stored. */
function withCookies(response: Response, fields: Fields): Response {
  for (const [name, value] of fields) if (name === 'set-cookie') response.headers.append(name, value);
  return response;
}

export function withoutAnswer(loading: Loading, failure: OriginFailure, deps: LoadDeps): Response {
  loading.onOutcome?.(failure);
  return standIn(loading, undefined, deps) ?? fail(loading, failure);
}

function insteadOf(
  loading: Loading,
  { status, response }: OriginAnswer,
  deps: LoadDeps,
): Response | undefined {
  const stale = standIn(loading, status, deps);
  if (!stale) return undefined;
  loading.onOutcome?.({ kind: 'stood-in', status });
  response.body?.cancel().catch(() => undefined);
  return stale;
}

/** What is stored, in place of an origin that fails with this status, or without any (RFC 5861 §4). */
export function standIn(loading: Loading, failed: number | undefined, deps: LoadDeps): Response | undefined {
  const { exchange, entry } = loading;
  const now = deps.clock();
  const context = { policy: exchange.route.policy, now };
  if (!entry || !mayServeOnError(freshnessOf(entry, now), exchange.directives, context)) return undefined;
  const status = forwarded(loading, { status: failed, stored: false, detail: 'stale-if-error' });
  return deliverStored(exchange, entry, status, now);
}

function fail(loading: Loading, failure: OriginFailure): Response {
  return originProblem(loading.exchange, failure, forwarded(loading, { stored: false }));
}

/** The origin was asked without a condition, so the client would be told to use what it does not have. */
const UNASKED_304: OriginFailure = { kind: 'failure', why: 'invalid' };

interface Outcome {
  readonly status?: number | undefined;
  readonly stored: boolean;
  readonly detail?: string | undefined;
}

function outcomeOf(kept: Keepable): Omit<Outcome, 'status'> {
  return kept.storable ? { stored: true } : { stored: false, detail: kept.why };
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
