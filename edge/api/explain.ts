/**
 * POST …/cache/explain: what the cache would do with a request, and why. It reads what is stored, never asks the origin,
 * and changes nothing.
 *
 * Shape   {url, method?, headers?} -> 200 {key, rule, decision, instants, words}
 * Errors  400 EXPLAIN_INVALID naming the field
 * Cost    as the request itself would cost in Redis: at most two trips
 */

import type { Context } from 'hono';
import * as z from 'zod';
import type { CacheReading, Levels } from '../../shared/cache/levels.ts';
import type { Plan } from '../../shared/config/plan.ts';
import { parseRequestUrl } from '../../shared/http/request-url.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import { problemResponse } from '../problem-response.ts';
import { decide } from '../proxy/decide.ts';
import type { Exchange } from '../proxy/exchange.ts';
import { lookupOf } from '../proxy/lookup.ts';
import { type Received, receive } from '../proxy/receive.ts';
import { freshnessOf, type Stored } from '../proxy/stored.ts';
import { type Explained, wordsFor } from './explain-words.ts';

export interface ExplainDeps {
  readonly plan: Plan;
  readonly cache: Pick<Levels<Stored>, 'look'>;
  readonly clock: Clock;
}

const QUESTION = z.strictObject({
  url: z
    .string()
    .refine(
      text => /^(https?:\/\/|\/(?!\/))/.test(text) && URL.canParse(text, 'http://host'),
      'must be an http or https URL, or a path that starts with one /',
    ),
  method: z
    .string()
    .regex(/^[A-Z]{1,20}$/, 'must be a method in capitals')
    .default('GET'),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'must be a header name'),
      z.string().regex(/^[^\0\r\n]*$/, 'must be the text of a header'),
    )
    .default({}),
});

type Question = z.output<typeof QUESTION>;

export function explain(deps: ExplainDeps) {
  return async (context: Context): Promise<Response> => {
    const input: unknown = await context.req.json().catch(() => undefined);
    const parsed = QUESTION.safeParse(input);
    if (!parsed.success) return invalid(parsed.error.issues[0]);
    const request = requestOf(parsed.data, context.req.url);
    if (!request) return invalid(undefined);
    const received = receive(request, parseRequestUrl(request.url), deps.plan);
    const answer = await explainReceived(received, deps);
    return Response.json(answer, { headers: { 'cache-control': 'no-store' } });
  };
}

/** Methods that no request may have are the platform's to refuse. */
function requestOf({ url, method, headers }: Question, ownUrl: string): Request | undefined {
  try {
    const address = url.startsWith('/') ? new URL(ownUrl).origin + url : url;
    return new Request(address, { method, headers });
  } catch {
    return undefined;
  }
}

async function explainReceived(received: Received, { cache, plan, clock }: ExplainDeps) {
  if (received.kind !== 'cacheable')
    return tell(received, received.kind === 'pass' ? received.exchange : undefined, undefined, clock());
  const { exchange } = received;
  const reading = await cache.look(lookupOf(exchange));
  const now = clock();
  const told = tell(decide(exchange, reading, now), exchange, reading, now);
  return plan.mode === 'observe' ? { ...told, mode: plan.mode } : told;
}

function tell(
  explained: Explained,
  exchange: Exchange | undefined,
  reading: CacheReading<Stored> | undefined,
  now: number,
) {
  const entry = reading?.found?.entry;
  const freshness = entry && freshnessOf(entry, now);
  return {
    key: exchange?.key ?? null,
    rule: exchange?.route.rule ?? null,
    decision: decisionOf(explained, reading),
    instants: freshness ? instantsOf(freshness) : null,
    words: wordsFor(explained, { freshness, soft: entry?.soft === true, now }),
  };
}

function decisionOf(explained: Explained, reading: CacheReading<Stored> | undefined) {
  const { kind } = explained;
  const varies = reading?.far?.forks.names ?? reading?.near.forks.names ?? [];
  const variesBy = varies.length > 0 ? { variesBy: varies } : {};
  if (kind === 'refuse') return { kind, status: explained.problem.status, code: explained.problem.code };
  if (kind === 'pass') return { kind, ...explained.why };
  if (kind === 'hit' || kind === 'stale') return { kind, level: explained.level, ...variesBy };
  if (kind === 'revalidate') return { kind, reason: explained.reason, ...variesBy };
  if (kind === 'fetch') return { kind, reason: explained.reason, detail: explained.detail, ...variesBy };
  return { kind };
}

/** As dates, for people; null where the origin promised for ever. */
function instantsOf(freshness: ReturnType<typeof freshnessOf>) {
  const { receivedAt, freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt } = freshness;
  const instants = { receivedAt, freshUntil, staleWhileRevalidateUntil, staleIfErrorUntil, deadAt };
  return Object.fromEntries(Object.entries(instants).map(([name, at]) => [name, dateOf(at)]));
}

function dateOf(at: number): string | null {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}

function invalid(issue: z.core.$ZodIssue | undefined): Response {
  const field = issue?.path.join('.') || 'the body';
  const detail = `${field}: ${issue?.message ?? 'must describe a request that can be sent'}`;
  return problemResponse({
    status: 400,
    code: 'EXPLAIN_INVALID',
    title: 'The question cannot be understood',
    detail,
  });
}
