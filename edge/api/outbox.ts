/**
 * GET …/outbox and POST …/outbox/drain: hand on to the function, which has the driver of the database; the Worker has none, and
 * speaks to nothing but AWS and Redis.
 *
 * Shape   GET -> 200 {state, changes, lagMs}; POST -> 200 {state, changes, tags, purges, refused, lagMs}
 * Errors  502 OUTBOX_FAILED, 503 OUTBOX_UNREACHABLE, 503 OUTBOX_ABSENT naming the setting
 * Cost    one signed call of the function, which answers when the purges have been made
 * Source  Lambda API Reference, Invoke
 */

import type { Handler } from 'hono';
import type { SignedFetch } from '../../shared/aws/signed-fetch.ts';
import { problemResponse } from '../problem-response.ts';

export interface OutboxDeps {
  /** Undefined where there is no function to call. */
  readonly open: () => { readonly fetch: SignedFetch; readonly url: string } | undefined;
}

export interface OutboxHandlers {
  readonly look: Handler;
  readonly drain: Handler;
}

/** As long as the function may take, and a little; whoever calls waits ten seconds. */
const DEADLINE_MS = 9_500;

export function outboxHandlers(deps: OutboxDeps): OutboxHandlers {
  return {
    look: () => call(deps, { look: true }, wordBacklog),
    drain: () => call(deps, { now: true }, answer => answer),
  };
}

type Answer = Readonly<Record<string, unknown>>;

async function call(
  { open }: OutboxDeps,
  event: object,
  word: (answer: Answer) => object,
): Promise<Response> {
  const opened = open();
  if (!opened) return absent();
  const body = JSON.stringify(event);
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const response = await opened.fetch(opened.url, { method: 'POST', body, signal }).catch(() => undefined);
  const answer = (await response?.json().catch(() => undefined)) as Answer | undefined;
  if (!response || !answer || response.status >= 500) return unreachable();
  const failed = !response.ok || response.headers.has('x-amz-function-error');
  if (failed) return functionFailed(String(answer.errorMessage ?? answer.message ?? answer.Message ?? ''));
  return Response.json(word(answer), { headers: { 'cache-control': 'no-store' } });
}

function wordBacklog({ outbox }: Answer): object {
  if (outbox === 'absent') return { state: 'absent', changes: 0, lagMs: 0 };
  const { changes, lagMs } = outbox as { readonly changes: number; readonly lagMs: number };
  return { state: changes > 0 ? 'waiting' : 'current', changes, lagMs };
}

const LONGEST_WORDS = 300;

function functionFailed(words: string): Response {
  const title = 'The outbox could not be drained';
  const detail = `${words.slice(0, LONGEST_WORDS)} What it holds is kept.`;
  return problemResponse({ status: 502, code: 'OUTBOX_FAILED', title, detail });
}

function unreachable(): Response {
  const title = 'The function that drains the outbox cannot be reached';
  const detail = 'What the outbox holds is kept; its schedule goes on.';
  return problemResponse({ status: 503, code: 'OUTBOX_UNREACHABLE', title, detail });
}

function absent(): Response {
  const title = 'This edge has no outbox';
  const detail =
    'Set OUTBOX_FUNCTION_URL, where the function drain-outbox-now is invoked, and AWS_ACCESS_KEY_ID.';
  return problemResponse({ status: 503, code: 'OUTBOX_ABSENT', title, detail });
}
