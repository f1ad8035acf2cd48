/**
 * Watches a job until it ends, over as many connections as that takes.
 *
 * Shape   id -> { kind: 'state', job } and { kind: 'progress', progress }, each told once
 * Units   milliseconds
 * Errors  HeadraceApiError: of a refusal at once, of an edge that cannot be reached after five times in a row; the reason of
 *         the caller's own signal when that ends it
 * Cost    one connection at a time; a new one each five minutes, as the edge asks for
 */

import type { JobView } from '../api/jobs.ts';
import { HeadraceApiError } from './api-error.ts';
import type { CallSettings, Send } from './call.ts';
import { readEvents } from './server-sent-events.ts';

export type JobEvent =
  | { readonly kind: 'state'; readonly job: JobView }
  | { readonly kind: 'progress'; readonly progress: NonNullable<JobView['progress']> };

export interface WatchSettings extends CallSettings {
  /** Before a connection that was lost is opened again. @default 1000 */
  readonly reconnectMs?: number;
}

/** The edge ends a stream after five minutes. */
const CONNECTION_MS = 330_000;
const FAILURES = 5;
const ENDED: ReadonlySet<JobView['state']> = new Set(['succeeded', 'cancelled', 'dead']);

interface Place {
  lastId?: string | undefined;
  ended: boolean;
  failures: number;
}

export async function* watchJob(
  send: Send,
  id: string,
  { signal, reconnectMs = 1_000 }: WatchSettings,
): AsyncGenerator<JobEvent> {
  const place: Place = { ended: false, failures: 0 };
  while (!place.ended) {
    try {
      yield* watchOnce(send, { id, place, signal });
    } catch (error) {
      if (signal?.aborted || isFinal(error) || ++place.failures >= FAILURES) throw error;
    }
    if (!place.ended) await pause(reconnectMs, signal);
  }
}

interface Watching {
  readonly id: string;
  readonly place: Place;
  readonly signal: AbortSignal | undefined;
}

async function* watchOnce(send: Send, { id, place, signal }: Watching): AsyncGenerator<JobEvent> {
  const response = await send('GET /api/admin/jobs/:job/events', {
    params: { job: id },
    headers: { 'last-event-id': place.lastId },
    timeoutMs: CONNECTION_MS,
    signal,
  });
  place.failures = 0;
  // Nothing follows what was told last.
  place.ended = response.status === 204;
  if (!response.body) return;
  for await (const { name, id: eventId, data } of readEvents(response.body)) {
    const event = data === undefined ? undefined : eventOf(name, data);
    if (!event) continue;
    yield event;
    place.lastId = eventId ?? place.lastId;
    place.ended = event.kind === 'state' && ENDED.has(event.job.state);
  }
}

/** An edge of another version may tell more: what is not known here is passed over. */
function eventOf(name: string, data: string): JobEvent | undefined {
  if (name === 'state') return { kind: 'state', job: JSON.parse(data) };
  return name === 'progress' ? { kind: 'progress', progress: JSON.parse(data) } : undefined;
}

function isFinal(error: unknown): boolean {
  return error instanceof HeadraceApiError && error.status >= 400 && error.status < 500;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, ms);
    const end = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    function done() {
      signal?.removeEventListener('abort', end);
      resolve();
    }
    if (signal?.aborted) return end();
    signal?.addEventListener('abort', end, { once: true });
  });
}
