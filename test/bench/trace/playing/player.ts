/**
 * Plays steps against one side, a bounded number at a time, as clients who remember what they have got.
 *
 * Shape   Step[] -> Played[], in the order in which they were begun
 * Errors  rejects when a connection breaks; an answer of any status is a result
 */

import type { ReadStep, Step, WriteStep } from '../making/steps.ts';
import { type Outcome, outcomeOf } from '../measuring/outcome.ts';
import { CHANGE_HEADER, TAGS_HEADER } from '../stage/witness.ts';
import { type Answer, machineMs, type Question, type Wire } from './wire.ts';

export interface Played {
  readonly step: Step;
  readonly answer: Answer;
  readonly outcome: Outcome | undefined;
  /** Of the copy that was asked about; of a 304 it is what the client has now. */
  readonly copyOf: Played | undefined;
  /** Of a write: its purge was answered for. */
  readonly isPurged?: boolean;
}

export interface Player {
  play(steps: readonly Step[]): Promise<{ readonly played: readonly Played[]; readonly elapsedMs: number }>;
  wireBytes(): number;
}

export interface PlayerOptions {
  /** One for each isolate; of the origin one. Steps take them by turns. */
  readonly wires: readonly Wire[];
  readonly connections: number;
  /** Of a customer who is signed in. @default nobody is */
  readonly cookie?: string;
  /** The Host that is asked for. @default the wire's own */
  readonly host?: string;
  /** Takes back the pages that a change touches, as the application would; its answer ends the write. @default nothing */
  readonly purge?: (wire: Wire, tags: readonly string[]) => Promise<boolean>;
}

const HEADERS = {
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-encoding': 'gzip, br, zstd',
  'user-agent': 'headrace-bench',
} as const;

export function createPlayer({ wires, connections, cookie = '', host, purge }: PlayerOptions): Player {
  const copies = new Map<string, Played>();
  let turn = 0;

  async function playOne(step: Step): Promise<Played> {
    const wire = wires[turn++ % wires.length] as Wire;
    if (step.kind === 'write') return write(step, wire);
    const copy = step.isConditional ? copies.get(step.url.path) : undefined;
    const answer = await wire.ask(reading(step, { host, etag: copy && headerOf(copy.answer, 'etag') }));
    const played = { step, answer, outcome: outcomeOf(headerOf(answer, 'cache-status')), copyOf: copy };
    if (answer.status === 200 && headerOf(answer, 'etag')) copies.set(step.url.path, played);
    return played;
  }

  async function write(step: WriteStep, wire: Wire): Promise<Played> {
    const answer = await wire.ask(changing(step, cookie));
    const tags = (headerOf(answer, TAGS_HEADER) ?? '').split(' ').filter(Boolean);
    const isPurged = tags.length > 0 && (!purge || (await purge(wire, tags)));
    const tookMs = machineMs() - answer.askedAt;
    const outcome = outcomeOf(headerOf(answer, 'cache-status'));
    return { step, answer: { ...answer, tookMs }, outcome, copyOf: undefined, isPurged };
  }

  return {
    async play(steps) {
      const played: Played[] = [];
      let next = 0;
      const startedAt = performance.now();
      const client = async () => {
        for (let step = steps[next++]; step; step = steps[next++]) played.push(await playOne(step));
      };
      await Promise.all(Array.from({ length: connections }, client));
      return { played, elapsedMs: performance.now() - startedAt };
    },
    wireBytes: () => wires.reduce((sum, wire) => sum + wire.wireBytes(), 0),
  };
}

export function headerOf({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

interface Asking {
  readonly host: string | undefined;
  readonly etag: string | undefined;
}

function reading({ url, method = 'GET', headers }: ReadStep, { host, etag }: Asking): Question {
  const own = { ...(host && { host }), ...(etag && { 'if-none-match': etag }) };
  return { method, path: url.path, headers: { ...HEADERS, ...headers, ...own } };
}

/** What is written tells the steps apart, so that each changes the page. */
function changing({ change, product, number }: WriteStep, cookie: string): Question {
  const headers = { ...HEADERS, [CHANGE_HEADER]: String(number), 'content-type': 'application/json' };
  if (change === 'review') {
    const body = JSON.stringify({
      rating: 1 + (number % 5),
      title: `Word ${number}`,
      body: 'As I found it.',
    });
    return { method: 'POST', path: `/products/${product}/reviews`, headers: { ...headers, cookie }, body };
  }
  const body = JSON.stringify(change === 'stock' ? { stock: 10 + number } : { price: 5 + number / 100 });
  return { method: 'PATCH', path: `/api/products/${product}`, headers, body };
}

export function isAsExpected({ step, answer, isPurged }: Played): boolean {
  if (step.kind === 'read') return answer.status === 200 || answer.status === 304;
  return isPurged === true && answer.status === (step.change === 'review' ? 303 : 200);
}
