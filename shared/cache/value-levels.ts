/**
 * Memory and Redis as one for application values; either alone works. Redis in trouble is told to the listener, and to the
 * caller only where something had to be removed.
 *
 * What another instance set or deleted is seen here within `l1TtlMs`, what it purged within `tagsTtlMs`; while Redis cannot
 * say, what memory holds is served.
 *
 * Errors  CacheUnavailable from delete and purge
 * Cost    a hit in memory: none within `tagsTtlMs` of the last word from Redis, else one command; as value-store.ts besides
 */

import type { Clock } from '../primitives/clock.ts';
import { createTurns } from '../primitives/turns.ts';
import type { ApplicationListener } from './application-events.ts';
import { type HeldValue, holdValue, openValue } from './held-value.ts';
import { createAttempt } from './level-attempt.ts';
import type { Mark, Sight } from './sight.ts';
import type { StoredValue } from './value-frame.ts';
import type { ValueMemory } from './value-memory.ts';
import { createValueRemovals } from './value-removals.ts';
import type { ValueReading, ValueStore } from './value-store.ts';
import { createValueWrites } from './value-writes.ts';

export interface ValueLevelsDeps {
  readonly memory: ValueMemory;
  readonly store: ValueStore | undefined;
  readonly clock: Clock;
  readonly onEvent: ApplicationListener;
}

export interface ValueLevelsOptions {
  readonly tagsTtlMs: number;
  readonly l1TtlMs: number;
  /** Time for Redis in each operation, however many calls it takes. */
  readonly deadlineMs: number;
}

export type ValueLevels = ReturnType<typeof createValueLevels>;

export function createValueLevels(
  deps: ValueLevelsDeps,
  { l1TtlMs, tagsTtlMs, deadlineMs }: ValueLevelsOptions,
) {
  const { memory, store, clock, onEvent } = deps;
  const attempt = createAttempt(onEvent, deadlineMs);
  const takeTurn = createTurns(deadlineMs);

  function hold(stored: StoredValue): HeldValue {
    return holdValue(stored, store ? clock() + l1TtlMs : Number.POSITIVE_INFINITY);
  }

  function peek(key: string): HeldValue | undefined {
    const held = memory.get(key);
    if (held === undefined || store === undefined) return held;
    const { ticket, askAgainAt } = held;
    return ticket !== undefined && clock() < askAgainAt && store.isCurrent(ticket) ? held : undefined;
  }

  /** What memory holds, if Redis says that it was not purged; `undefined` sends the reader to Redis for the value. */
  async function confirm(held: HeldValue): Promise<HeldValue | undefined> {
    const { ticket, tags } = held;
    if (!store || !ticket || clock() >= held.askAgainAt) return undefined;
    const check = await attempt('check', () => store.check(tags, ticket));
    if (!check.ok) return held;
    const checked = check.result && { ...held, ...check.result, soft: held.soft || check.result.soft };
    memory.replace(held, checked);
    return checked;
  }

  /** What Redis told is kept in memory too, unless something happened to the key meanwhile. */
  function take({ stored, ticket }: ValueReading, key: string, position: number): Sight {
    const held = stored && hold(stored);
    if (held && !memory.changedSince(position, key, held.tags)) memory.put(held);
    const old = held ? undefined : memory.get(key);
    if (old && !memory.changedSince(position, key, old.tags)) memory.replace(old, undefined);
    return { held, level: 'L2', ticket, position };
  }

  async function look(key: string, tags: readonly string[] | undefined): Promise<Sight> {
    const position = memory.position();
    const near = (held: HeldValue | undefined): Sight => ({
      held,
      level: 'L1',
      ticket: held?.ticket,
      position,
    });
    const current = peek(key);
    if (current || !store) return near(current);
    const held = memory.get(key);
    const confirmed = held && (await confirm(held));
    return confirmed ? near(confirmed) : lookFar(key, tags);
  }

  async function lookFar(key: string, tags: readonly string[] | undefined): Promise<Sight> {
    const position = memory.position();
    const far = store && (await attempt('read', () => store.read(key, tags)));
    if (far?.ok) return take(far.result, key, position);
    return { held: memory.get(key), level: 'L1', ticket: undefined, position };
  }

  async function lookMany(keys: readonly string[], tags: readonly string[]): Promise<Map<string, Sight>> {
    const position = memory.position();
    const sights = new Map<string, Sight>();
    const near = (key: string, held = peek(key)) =>
      held && sights.set(key, { held, level: 'L1', ticket: held.ticket, position });
    const missing = [...new Set(keys)].filter(key => !near(key));
    if (!store || missing.length === 0) return sights;
    const far = await attempt('read', () => store.readMany(missing, tags));
    missing.forEach((key, i) => {
      const reading = far.ok ? far.result[i] : undefined;
      if (reading) sights.set(key, take(reading, key, position));
      else near(key, memory.get(key));
    });
    return sights;
  }

  return {
    peek,
    /** What can be given out at once, without a promise: most reads can. */
    peekFresh(key: string): HeldValue | undefined {
      const held = peek(key);
      return held !== undefined && !held.soft && clock() < held.freshUntil ? held : undefined;
    },
    position: memory.position,
    changedSince: (position: number, { key, tags }: HeldValue) => memory.changedSince(position, key, tags),
    mark: (): Mark => ({ at: clock(), position: memory.position(), purges: memory.purges() }),
    /** False when what was looked for at the mark may have changed since, here or, by its ticket, anywhere. */
    async isUnchanged(key: string, mark: Mark, tags: readonly string[] | undefined): Promise<boolean> {
      const { ticket } = mark;
      if (mark.purges !== memory.purges() || memory.changedSince(mark.position, key, [])) return false;
      if (!store || (ticket && store.isCurrent(ticket))) return true;
      // Nobody knows yet what Redis will say; it may have been asked before a purge that must have been heard of by now.
      if (!ticket) return clock() - mark.at < (tagsTtlMs || deadlineMs);
      const check = await attempt('check', () => store.check(tags ?? [], ticket));
      if (!check.ok) return true;
      // Of tags that are still to be learned nothing is known but that nothing at all was purged.
      return check.result !== undefined && (tags !== undefined || check.result.ticket.mark === ticket.mark);
    },
    /** A value as its readers get it. */
    open: (value: StoredValue) => openValue(hold(value)),
    look,
    lookFar,
    lookMany,
    ...createValueWrites({ memory, store, attempt, takeTurn, hold, onEvent }),
    ...createValueRemovals({ memory, store, attempt, takeTurn, onEvent }),
    size: memory.size,
  };
}
