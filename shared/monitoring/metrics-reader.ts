/**
 * What is known of all isolates, or, while that cannot be had, of this one: and which of the two it is.
 *
 * What this isolate has counted is sent first, so that who asks sees his own last request.
 *
 * Errors  the totals: RedisUnavailable or RedisError, since those of one isolate would go back and forth; else none
 * Cost    as the stores say, and one flush
 */

import type { MetricsStore } from './metrics-store.ts';
import type { Span } from './period.ts';
import type { Samples } from './sample.ts';
import { mergeSamples } from './tally.ts';

export interface MetricsReader {
  read(span: Span): Promise<Told<readonly Samples[]>>;
  notes(): Promise<Told<readonly string[]>>;
  total(): Promise<Told<Samples>>;
  /** Errors as the totals. */
  reset(): Promise<Told<void>>;
}

export interface Told<Value> extends Whose {
  readonly value: Value;
}

export interface Whose {
  readonly counts: 'all-isolates' | 'this-isolate';
  readonly reason: string | null;
}

export interface ReaderDeps {
  readonly own: MetricsStore;
  /** Absent: there is no Redis. */
  readonly shared: MetricsStore | undefined;
  readonly flush: () => Promise<void>;
  /** Counted, and not yet taken: because what was taken before waits for Redis. */
  readonly untaken: () => Samples;
}

export function createMetricsReader({ own, shared, flush, untaken }: ReaderDeps): MetricsReader {
  async function firstOf<Value>(ask: (store: MetricsStore) => Promise<Value>): Promise<Told<Value>> {
    await flush();
    if (!shared) return { ...ABSENT, value: await ask(own) };
    try {
      return { ...ALL, value: await ask(shared) };
    } catch {
      return { ...UNREACHABLE, value: await ask(own) };
    }
  }

  async function readFrom(store: MetricsStore, span: Span): Promise<readonly Samples[]> {
    const periods = await store.read(span);
    if (store !== own) return periods;
    return [...periods.slice(0, -1), mergeSamples([...periods.slice(-1), untaken()])];
  }

  return {
    read: span => firstOf(store => readFrom(store, span)),
    notes: () => firstOf(store => store.notes()),
    async total() {
      await flush();
      return shared ? { ...ALL, value: await shared.total() } : { ...ABSENT, value: await own.total() };
    },
    async reset() {
      await flush();
      await own.reset();
      await shared?.reset();
      return { ...(shared ? ALL : ABSENT), value: undefined };
    },
  };
}

const ALL: Whose = { counts: 'all-isolates', reason: null };
const ABSENT: Whose = { counts: 'this-isolate', reason: 'There is no Redis to add up what isolates count.' };
const UNREACHABLE: Whose = {
  counts: 'this-isolate',
  reason: 'Redis does not answer: what all isolates counted is there again when it does.',
};
