/**
 * GET …/outbox and POST …/outbox/drain: hand on to the function, which has the driver of the database; the Worker has none, and
 * speaks to nothing but AWS and Redis.
 *
 * Shape   GET -> 200 {state, changes, lagMs}; POST -> 200 {state, changes, tags, purges, refused, lagMs}
 * Errors  502 OUTBOX_FAILED, 503 OUTBOX_UNREACHABLE, 503 OUTBOX_ABSENT naming the setting
 * Cost    one call of the function, which answers when the purges have been made
 */

import type { Handler } from 'hono';
import type { Answer, Invoke, Invoked } from '../connect-functions.ts';
import { problemResponse } from '../problem-response.ts';

export interface OutboxDeps {
  readonly functions: () => Invoke;
}

export interface OutboxHandlers {
  readonly look: Handler;
  readonly drain: Handler;
}

const FUNCTION = 'drain-outbox-now';
/** As long as the function may take, and a little; whoever calls waits ten seconds. */
const DEADLINE_MS = 9_500;

export function outboxHandlers({ functions }: OutboxDeps): OutboxHandlers {
  return {
    look: async () => respond(await functions()(FUNCTION, { look: true }, DEADLINE_MS), wordBacklog),
    drain: async () => respond(await functions()(FUNCTION, { now: true }, DEADLINE_MS), answer => answer),
  };
}

function respond(invoked: Invoked, word: (answer: Answer) => object): Response {
  switch (invoked.kind) {
    case 'answered':
      return Response.json(word(invoked.answer), { headers: { 'cache-control': 'no-store' } });
    case 'failed':
      return failed(invoked.words);
    case 'unreachable':
      return unreachable();
    case 'absent':
      return absent(invoked.sentence);
  }
}

function wordBacklog({ outbox }: Answer): object {
  if (outbox === 'absent') return { state: 'absent', changes: 0, lagMs: 0 };
  const { changes, lagMs } = outbox as { readonly changes: number; readonly lagMs: number };
  return { state: changes > 0 ? 'waiting' : 'current', changes, lagMs };
}

function failed(words: string): Response {
  const title = 'The outbox could not be drained';
  const detail = `${words} What it holds is kept.`;
  return problemResponse({ status: 502, code: 'OUTBOX_FAILED', title, detail });
}

function unreachable(): Response {
  const title = 'The function that drains the outbox cannot be reached';
  const detail = 'What the outbox holds is kept; its schedule goes on.';
  return problemResponse({ status: 503, code: 'OUTBOX_UNREACHABLE', title, detail });
}

function absent(detail: string): Response {
  return problemResponse({ status: 503, code: 'OUTBOX_ABSENT', title: 'This edge has no outbox', detail });
}
