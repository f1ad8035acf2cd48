/**
 * Whether a response may be kept for the next one who asks, and under which tags.
 *
 * Shape   exchange + response -> { storable: true, tags } | { storable: false, why }, short enough to be told in Cache-Status
 * Errors  none (total)
 * Source  RFC 9111 §3, §4.3.4
 */

import type { Limits } from '../../../shared/config/plan.ts';
import { groupTags } from '../../../shared/http/cache-groups.ts';
import { type CacheTags, parseCacheTags } from '../../../shared/http/cache-tags.ts';
import { declaredLength, type Fields } from '../../../shared/http/fields.ts';
import { decideStorable, type NotStorable } from '../../../shared/http/storable.ts';
import { parseVary } from '../../../shared/http/vary.ts';
import { type CacheableExchange, fieldsToJudge, policyFor } from '../exchange.ts';

export type Keepable =
  | { readonly storable: true; readonly tags: readonly string[] }
  | { readonly storable: false; readonly why: WhyNotKept };

export type WhyNotKept =
  | NotStorable
  | Extract<CacheTags, { valid: false }>['why']
  | 'vary-count'
  | 'variant-count'
  | 'body-size'
  | 'header-size';

export interface Candidate {
  readonly method: string;
  readonly status: number;
  readonly fields: Fields;
  readonly receivedAt: number;
  /** How many variants of its URL are there already, where this would be one more. */
  readonly variants?: number;
}

/** Clients choose the values: without these bounds one of them could fill the cache with one page. */
const MOST_VARY_NAMES = 16;
const MOST_VARIANTS = 50;

export function decideKeepable(
  exchange: CacheableExchange,
  { method, status, fields, receivedAt, variants = 0 }: Candidate,
  limits: Limits,
): Keepable {
  const storable = decideStorable({
    method,
    requestFields: fieldsToJudge(exchange),
    status,
    responseFields: fields,
    policy: policyFor(exchange, fields),
    now: receivedAt,
    unnamedHeaders: exchange.forwarding.unknown,
  });
  if (!storable.storable) return storable;
  const crowd = whyTooMany(exchange, fields, variants);
  if (crowd) return { storable: false, why: crowd };
  const tags = parseCacheTags(fields);
  if (!tags.valid) return { storable: false, why: tags.why };
  if ((declaredLength(fields) ?? 0) > limits.maxBodyBytes) return { storable: false, why: 'body-size' };
  if (sizeOf(fields) > limits.maxHeaderBytes) return { storable: false, why: 'header-size' };
  return { storable: true, tags: [...tags.tags, ...groupTags(fields, exchange.url.origin)] };
}

function whyTooMany({ route }: CacheableExchange, fields: Fields, variants: number): WhyNotKept | undefined {
  const names = new Set([...parseVary(fields), ...route.key.headers]);
  if (names.size > MOST_VARY_NAMES) return 'vary-count';
  return variants >= MOST_VARIANTS ? 'variant-count' : undefined;
}

function sizeOf(fields: Fields): number {
  return fields.reduce((total, [name, value]) => total + name.length + value.length + 4, 0);
}
