/**
 * The body of a purge, understood: one selector, its items, and whether it is a soft one.
 *
 * Shape   text -> { kind: 'order' } | { kind: 'refused', problem }
 * Errors  400 PURGE_INVALID naming the field, 413 PURGE_TOO_LARGE
 */

import type * as z from 'zod/mini';
import {
  type INVALIDATE_BODY,
  MOST_ITEMS,
  MOST_PATTERNS,
  PURGE_BODY,
  SELECTORS,
} from '../../shared/api/cache.ts';
import type { Problem } from '../../shared/http/problem.ts';
import { parseJson, type Read, readValue } from './read-body.ts';

/** What an invalidation may say besides. */
export type CdnOptions = Pick<z.output<ReturnType<typeof INVALIDATE_BODY>>, 'cdns' | 'wait'>;

export interface PurgeOrder {
  readonly selector: (typeof SELECTORS)[number];
  readonly items: readonly string[];
  readonly soft: boolean;
}

export type ParsedOrder =
  | { readonly kind: 'order'; readonly order: PurgeOrder; readonly more: CdnOptions }
  | { readonly kind: 'refused'; readonly problem: Problem };

type OrderSchema = typeof PURGE_BODY | typeof INVALIDATE_BODY;

const LONGEST_BODY = 4 * 1024 * 1024;

export function parseOrder(text: string, schema: OrderSchema = PURGE_BODY): ParsedOrder {
  if (text.length > LONGEST_BODY) return tooLarge(`The body is longer than ${LONGEST_BODY} bytes.`);
  const input = parseJson(text);
  if (longest(input) > MOST_ITEMS) return tooLarge(`At most ${MOST_ITEMS} items can be purged at once.`);
  if (input === undefined) return invalid('the body must be JSON.');
  const read = readWith(schema(), input);
  if (!read.ok) return invalid(read.words);
  const { soft, cdns, wait, ...given } = read.value;
  if ((given.patterns?.length ?? 0) > MOST_PATTERNS)
    return tooLarge(`At most ${MOST_PATTERNS} patterns can be purged at once.`);
  const selector = SELECTORS.find(name => given[name] !== undefined) ?? 'everything';
  const items = given[selector];
  const order = { selector, items: Array.isArray(items) ? items : [], soft };
  return { kind: 'order', order, more: { cdns, wait } };
}

type PurgeOutput = z.output<ReturnType<typeof PURGE_BODY>>;

/** A purge says nothing of CDNs: its schema refuses the words. */
function readWith(schema: ReturnType<OrderSchema>, input: unknown): Read<PurgeOutput & CdnOptions> {
  return readValue(input, schema, 'the body') as Read<PurgeOutput & CdnOptions>;
}

function longest(input: unknown): number {
  if (typeof input !== 'object' || input === null) return 0;
  return Math.max(0, ...Object.values(input).map(value => (Array.isArray(value) ? value.length : 0)));
}

function invalid(detail: string): ParsedOrder {
  const title = 'The purge cannot be understood';
  return { kind: 'refused', problem: { status: 400, code: 'PURGE_INVALID', title, detail } };
}

function tooLarge(detail: string): ParsedOrder {
  const problem = { status: 413, code: 'PURGE_TOO_LARGE', title: 'The purge is too large', detail };
  return { kind: 'refused', problem };
}
