/**
 * How values come into both levels: after a load, where nothing may have happened to the key or its tags since it was looked
 * for; or of now, where loads that began before are not kept any more.
 *
 * Errors  none: Redis in trouble leaves the value in memory, and says so
 * Cost    as value-store.ts
 */

import type { TakeTurn } from '../primitives/turns.ts';
import type { ApplicationListener } from './application-events.ts';
import type { SetOutcome } from './cache-api.ts';
import type { HeldValue } from './held-value.ts';
import type { Attempt } from './level-attempt.ts';
import type { Sight } from './sight.ts';
import type { Ticket } from './tokens.ts';
import type { StoredValue } from './value-frame.ts';
import type { ValueMemory } from './value-memory.ts';
import type { ValueStore } from './value-store.ts';

export interface ValueWritesDeps {
  readonly memory: ValueMemory;
  readonly store: ValueStore | undefined;
  readonly attempt: Attempt;
  /** Redis sees the writes of one key in the order in which they were asked for. */
  readonly takeTurn: TakeTurn;
  readonly hold: (stored: StoredValue) => HeldValue;
  readonly onEvent: ApplicationListener;
}

export function createValueWrites(deps: ValueWritesDeps) {
  const { memory, store, attempt, takeTurn, hold, onEvent } = deps;

  /** After a load. Memory has it when this returns; the promise is for Redis. */
  async function keep(value: StoredValue, { ticket, position }: Sight): Promise<SetOutcome> {
    if (memory.changedSince(position, value.key, value.tags)) return refuse(value.key);
    // A read that is under way has seen what this replaces.
    memory.touch(value.key);
    const held = hold({ ...value, ...(ticket && { ticket }) });
    memory.put(held);
    tell(held, value);
    if (!store) return 'stored';
    if (!ticket) return 'local';
    const since = memory.position();
    const write = await attempt('write', () =>
      takeTurn([value.key], async () =>
        memory.changedSince(since, value.key, value.tags) ? undefined : store.write(value, ticket),
      ),
    );
    // So has one that has asked Redis before the write was there.
    memory.touch(value.key);
    if (!write.ok) return 'local';
    memory.replace(held, write.result && { ...held, ticket: write.result });
    return write.result ? 'stored' : refuse(value.key);
  }

  /** A value of now: loads that began before are not kept. */
  async function put(value: StoredValue): Promise<SetOutcome> {
    const [outcome] = await putAll([value], async on => [await on.put(value)]);
    return outcome ?? 'local';
  }

  async function putMany(values: readonly StoredValue[]): Promise<SetOutcome[]> {
    return putAll(values, on => on.putMany(values));
  }

  async function putAll(
    values: readonly StoredValue[],
    write: (store: ValueStore) => Promise<readonly (Ticket | undefined)[]>,
  ): Promise<SetOutcome[]> {
    for (const { key } of values) memory.touch(key);
    const position = memory.position();
    const keys = values.map(({ key }) => key);
    const written = store && (await attempt('write', () => takeTurn(keys, () => write(store))));
    return values.map((value, i) =>
      settle(value, position, written && (written.ok ? written.result[i] : 'down')),
    );
  }

  function settle(value: StoredValue, position: number, ticket: Ticket | 'down' | undefined): SetOutcome {
    if (store && !ticket) return refuse(value.key);
    const local = ticket === 'down' || ticket === undefined;
    const held = hold({ ...value, ...(!local && { ticket }) });
    const overtaken = memory.changedSince(position, value.key, value.tags);
    // A read that asked Redis before the write was there must not put what it saw in the place of this.
    memory.touch(value.key);
    const old = overtaken ? memory.get(value.key) : undefined;
    // Which of two is the later one in Redis, Redis knows.
    if (old && store) memory.replace(old, undefined);
    if (!overtaken) memory.put(held);
    tell(held, value);
    return store && local ? 'local' : 'stored';
  }

  function refuse(key: string): SetOutcome {
    onEvent({ kind: 'write-refused', key });
    return 'refused';
  }

  function tell({ key, tags }: HeldValue, { body }: StoredValue): void {
    onEvent({ kind: 'stored', key, tags, bytes: body.byteLength });
  }

  return { keep, put, putMany };
}
