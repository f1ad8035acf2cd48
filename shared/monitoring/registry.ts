/**
 * Counts, in memory of a fixed size: a slot for each series, and what was counted in it since it was last taken.
 *
 * A series for which there is no room is counted under its metric with every label `other`, so that totals stay right; and
 * where even that has none, it is dropped and counted as dropped. Nothing a client sends can make memory grow.
 *
 * Units   durations in ms
 * Errors  RangeError for names that Prometheus does not take, and for a series that was of another kind before
 * Cost    counting: one or two additions, nothing allocated; finding a slot: one look-up by text
 */

import { BUCKET_COUNT, bucketOf } from './buckets.ts';
import { LETTER, type Sample } from './sample.ts';
import { foldSeries, formatSeries, type Labels } from './series.ts';

export type Kind = Sample['kind'];

/** Where a series is counted; for as long as the registry lives. */
export type Slot = number;

export interface Registry {
  slot(kind: Kind, name: string, labels?: Labels): Slot;
  /** To a counter. */
  add(slot: Slot, by?: number): void;
  /** A gauge. */
  set(slot: Slot, value: number): void;
  /** A duration or a value among others. */
  observe(slot: Slot, value: number): void;
  /** How often something was counted since the last time that it was taken. */
  updates(): number;
  /** What was counted since it was last taken, as text by series. */
  look(): Map<string, string>;
  /** The same, and counting begins anew. */
  take(): Map<string, string>;
}

export interface RegistryOptions {
  /** @default 256 */
  readonly mostSeries?: number;
  /** Of these, such as have buckets. @default 40 */
  readonly mostSpreads?: number;
}

export const REGISTRY_DEFAULTS = { mostSeries: 256, mostSpreads: 40 } as const satisfies RegistryOptions;

/** Kept free for what is folded: a place for each metric. */
const FOR_FOLDED = { series: 32, spreads: 8 } as const;
const DROPPED: Slot = -1;

export function createRegistry(options: RegistryOptions = {}): Registry {
  const { mostSeries, mostSpreads } = { ...REGISTRY_DEFAULTS, ...options };
  const slots = new Map<string, Slot>();
  const kinds: Kind[] = [];
  const sums = new Float64Array(mostSeries);
  const isDirty = new Uint8Array(mostSeries);
  const spreadOf = new Uint8Array(mostSeries);
  const buckets = new Uint32Array(mostSpreads * BUCKET_COUNT);
  let [spreads, updates] = [0, 0];

  const folded = create('counter', 'metrics_folded_total', false);
  const dropped = create('counter', 'metrics_dropped_total', false);

  function hasRoom(kind: Kind, isFolded: boolean): boolean {
    const free = isFolded ? { series: 0, spreads: 0 } : FOR_FOLDED;
    if (hasBuckets(kind) && spreads >= mostSpreads - free.spreads) return false;
    return slots.size < mostSeries - free.series;
  }

  function create(kind: Kind, series: string, isFolded: boolean): Slot {
    const known = slots.get(series);
    // Under `other` too a series is of one kind.
    if (known !== undefined) return kinds[known] === kind ? known : DROPPED;
    if (!hasRoom(kind, isFolded)) return DROPPED;
    const slot = slots.size;
    slots.set(series, slot);
    kinds.push(kind);
    if (hasBuckets(kind)) spreadOf[slot] = spreads++;
    return slot;
  }

  function touch(slot: Slot): boolean {
    updates++;
    if (slot < 0) {
      add(dropped, 1);
      return false;
    }
    isDirty[slot] = 1;
    return true;
  }

  function add(slot: Slot, by = 1): void {
    if (!(by >= 0 && by <= Number.MAX_SAFE_INTEGER)) throw new RangeError(`a counter cannot grow by ${by}`);
    if (touch(slot)) sums[slot] = (sums[slot] ?? 0) + by;
  }

  function ownBuckets(slot: Slot): Uint32Array {
    const first = (spreadOf[slot] ?? 0) * BUCKET_COUNT;
    return buckets.subarray(first, first + BUCKET_COUNT);
  }

  function textOf(slot: Slot): string {
    const kind = kinds[slot] ?? 'counter';
    const sum = sums[slot] ?? 0;
    const counted = LETTER[kind] + (kind === 'counter' ? toMillionth(sum) : sum);
    if (!hasBuckets(kind)) return counted;
    return counted + Array.from(ownBuckets(slot), (n, at) => (n > 0 ? `,${at}:${n}` : '')).join('');
  }

  function look(): Map<string, string> {
    const dirty = [...slots].filter(([, slot]) => isDirty[slot] === 1);
    return new Map(dirty.map(([series, slot]) => [series, textOf(slot)]));
  }

  return {
    slot(kind, name, labels) {
      const series = formatSeries(name, labels);
      const known = slots.get(series);
      if (known !== undefined && kinds[known] !== kind)
        throw new RangeError(`${series} is not counted as ${kind}, but as ${kinds[known]}`);
      if (known !== undefined || hasRoom(kind, false)) return known ?? create(kind, series, false);
      add(folded);
      return create(kind, foldSeries(series), true);
    },
    add,
    set(slot, value) {
      if (!Number.isFinite(value)) throw new RangeError(`a gauge cannot stand at ${value}`);
      if (touch(slot)) sums[slot] = value;
    },
    observe(slot, value) {
      if (!touch(slot)) return;
      const at = (spreadOf[slot] ?? 0) * BUCKET_COUNT + bucketOf(value);
      buckets[at] = (buckets[at] ?? 0) + 1;
      sums[slot] = (sums[slot] ?? 0) + thousandthsOf(value);
    },
    updates: () => updates,
    look,
    take() {
      const taken = look();
      for (const [slot, kind] of kinds.entries()) if (kind !== 'gauge') sums[slot] = 0;
      buckets.fill(0);
      isDirty.fill(0);
      updates = 0;
      return taken;
    },
  };
}

function hasBuckets(kind: Kind): boolean {
  return kind === 'durations' || kind === 'values';
}

/** Never written with an exponent, which nobody who adds it up reads. */
function toMillionth(sum: number): number {
  return Number.isInteger(sum) ? sum : Number(sum.toFixed(6));
}

/** A clock that was set back makes a duration below nothing. */
function thousandthsOf(value: number): number {
  return value > 0 && value < Number.POSITIVE_INFINITY ? Math.round(value * 1_000) : 0;
}
