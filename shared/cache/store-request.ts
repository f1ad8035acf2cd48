/**
 * A value with its options as what is stored: encoded, with its tags and the ends of its windows, everything checked.
 *
 * Errors  CacheInputError, before anything is sent
 */

import type { Clock } from '../primitives/clock.ts';
import type { LoadOptions } from './cache-api.ts';
import { implicitTags } from './implicit-tags.ts';
import { checkSize, checkTags } from './input.ts';
import type { LOAD_DEFAULTS } from './options.ts';
import { encodeValue } from './value-form.ts';
import type { StoredValue } from './value-frame.ts';
import { planWindows } from './windows.ts';

export type ResolvedLoad<Value> = LoadOptions<Value> & typeof LOAD_DEFAULTS & { readonly ttlMs: number };

export interface StoreRequest<Value> {
  readonly key: string;
  readonly options: Pick<
    ResolvedLoad<Value>,
    'ttlMs' | 'staleMs' | 'failSafeMs' | 'negativeTtlMs' | 'jitterRatio' | 'tags'
  >;
}

export interface StoreRequestDeps {
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxValueBytes: number;
}

export type PlanStored = <Value>(request: StoreRequest<Value>, value: Value) => StoredValue;

export function createPlanStored({ clock, random, maxValueBytes }: StoreRequestDeps): PlanStored {
  return ({ key, options }, value) => {
    const { negativeTtlMs, ttlMs, tags = [] } = options;
    const own = typeof tags === 'function' ? tags(value) : tags;
    checkTags(own);
    const { form, body } = encodeValue(value);
    checkSize(key, body.byteLength, maxValueBytes);
    const isNegative = value === null || value === undefined;
    const lifetime = { ...options, ttlMs: isNegative ? (negativeTtlMs ?? ttlMs) : ttlMs };
    const { freshUntil, staleUntil, deadAt } = planWindows(lifetime, clock(), random);
    const meta = { form, freshUntil, staleUntil };
    return { key, body, meta, deadAt, tags: [...new Set([...implicitTags(key), ...own])] };
  };
}
