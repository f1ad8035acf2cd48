/**
 * The fixed trace: who asks for what, in which order, with some who have a copy already, and some who change what is shown.
 *
 * Shape   urls, how many requests, seed -> Step[]; the same each time
 */

import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';
import type { Chance } from './chance.ts';
import type { TraceUrl } from './urls.ts';
import { createZipf } from './zipf.ts';

export type Step = ReadStep | WriteStep;

export interface ReadStep {
  readonly kind: 'read';
  readonly url: TraceUrl;
  /** Asks whether its copy is still good, where it has one. */
  readonly isConditional: boolean;
  /** @default GET */
  readonly method?: 'GET' | 'HEAD';
  /** Besides those that every client sends. @default none */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface WriteStep {
  readonly kind: 'write';
  readonly change: Change;
  readonly product: number;
  /** Of this trace; what is written is made from it, so that no two changes are the same. */
  readonly number: number;
}

export type Change = 'review' | 'stock' | 'price';

export interface StepOptions {
  readonly requests: number;
  readonly exponent: number;
  readonly seed: number;
}

const WRITE_SHARE = 0.02;
const CONDITIONAL_SHARE = 0.1;
/** Prices change seldom: each takes back every list that may show it. */
const CHANGES: readonly (readonly [Change, number])[] = [
  ['price', 0.05],
  ['stock', 0.5],
  ['review', 1],
];

export function makeSteps(
  urls: readonly TraceUrl[],
  { requests, exponent, seed }: StepOptions,
): readonly Step[] {
  const chance = createSeededRandom(seed);
  const draw = createZipf(urls.length, exponent);
  const drawUrl = () => urls[draw(chance)] as TraceUrl;
  return Array.from({ length: requests }, (_, number) => {
    const kind = chance();
    if (kind < WRITE_SHARE) return writeStep(chance, drawUrl, number);
    return { kind: 'read', url: drawUrl(), isConditional: kind < WRITE_SHARE + CONDITIONAL_SHARE };
  });
}

/** What is looked at most is also bought and reviewed most. */
function writeStep(chance: Chance, drawUrl: () => TraceUrl, number: number): WriteStep {
  const kind = chance();
  const [change] = CHANGES.find(([, upTo]) => kind < upTo) ?? (['review'] as const);
  return { kind: 'write', change, product: drawProduct(drawUrl), number };
}

const MOST_DRAWS = 10_000;

function drawProduct(drawUrl: () => TraceUrl): number {
  for (let draws = 0; draws < MOST_DRAWS; draws++) {
    const product = productOf(drawUrl().page);
    if (product !== undefined) return product;
  }
  throw new Error('the trace holds no product');
}

export function productOf(page: string): number | undefined {
  const [, id] = /\/products\/(\d+)$/.exec(page) ?? [];
  return id === undefined ? undefined : Number(id);
}
