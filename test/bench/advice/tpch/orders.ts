/**
 * Orders and their lines: made together, since an order's state and price are those of its lines.
 *
 * Shape   sizes, seed -> orders, then lineitem
 */

import { type Chance, createChance, DAY_MS, dayOf } from '../chance.ts';
import type { TableRows, Value } from '../workload.ts';
import { retailPrice, type Sizes, supplierOf } from './parts.ts';
import { comment } from './texts.ts';
import { INSTRUCTIONS, MODES, PRIORITIES } from './words.ts';

const FIRST_DAY = Date.parse('1992-01-01');
/** The last order is early enough for its lines to have come by the last day, 1998-12-31. */
const LAST_ORDER = Date.parse('1998-08-02');
const TODAY = Date.parse('1995-06-17');
const ORDERS_PER_CUSTOMER = 10;

export function* lineTables(sizes: Sizes, seed: number): Generator<TableRows> {
  yield { table: 'orders', rows: mapped(sizes, seed, ({ order }) => [order]) };
  yield { table: 'lineitem', rows: mapped(sizes, seed, ({ lines }) => lines) };
}

interface Made {
  readonly order: readonly Value[];
  readonly lines: readonly (readonly Value[])[];
}

/** Made twice from the same seed: keeping all of them would take gigabytes. */
function* mapped(
  sizes: Sizes,
  seed: number,
  rowsOf: (made: Made) => Made['lines'],
): TableRows['rows'] & Generator {
  const chance = createChance(seed);
  const count = sizes.customers * ORDERS_PER_CUSTOMER;
  for (let at = 0; at < count; at += 1) yield* rowsOf(makeOrder(chance, sizes, orderKey(at)));
}

/** Of 32 keys the first eight are used. */
function orderKey(at: number): number {
  return Math.floor(at / 8) * 32 + (at % 8) + 1;
}

function makeOrder(chance: Chance, sizes: Sizes, key: number): Made {
  const orderedAt = FIRST_DAY + DAY_MS * chance.below((LAST_ORDER - FIRST_DAY) / DAY_MS + 1);
  const lines = Array.from({ length: chance.between(1, 7) }, (_, at) =>
    makeLine(chance, sizes, { key, number: at + 1, orderedAt }),
  );
  const total = lines.reduce((sum, { cents }) => sum + cents, 0);
  const order = [
    key,
    customerOf(chance, sizes),
    stateOf(lines),
    Math.round(total) / 100,
    dayOf(orderedAt),
    chance.pick(PRIORITIES),
    `Clerk#${String(chance.between(1, sizes.clerks)).padStart(9, '0')}`,
    0,
    comment(chance, 19, 78),
  ];
  return { order, lines: lines.map(({ row }) => row) };
}

/** Every third customer never orders. */
function customerOf(chance: Chance, { customers }: Sizes): number {
  const key = chance.between(1, customers);
  if (key % 3 !== 0) return key;
  return key === customers ? key - 1 : key + 1;
}

interface Line {
  readonly row: readonly Value[];
  readonly cents: number;
  readonly isShipped: boolean;
}

interface LineOf {
  readonly key: number;
  readonly number: number;
  readonly orderedAt: number;
}

function makeLine(chance: Chance, { parts, suppliers }: Sizes, { key, number, orderedAt }: LineOf): Line {
  const part = chance.between(1, parts);
  const supplier = supplierOf(part, chance.below(4), suppliers);
  const quantity = chance.between(1, 50);
  const [discount, tax] = [chance.below(11), chance.below(9)];
  const price = quantity * retailPrice(part);
  const shippedAt = orderedAt + DAY_MS * chance.between(1, 121);
  const committedAt = orderedAt + DAY_MS * chance.between(30, 90);
  const receivedAt = shippedAt + DAY_MS * chance.between(1, 30);
  const isShipped = shippedAt <= TODAY;
  const returned = receivedAt <= TODAY ? chance.pick(['R', 'A']) : 'N';
  const row = [
    ...[key, part, supplier, number, quantity, price.toFixed(2), discount / 100, tax / 100],
    ...[returned, isShipped ? 'F' : 'O', dayOf(shippedAt), dayOf(committedAt), dayOf(receivedAt)],
    ...[chance.pick(INSTRUCTIONS), chance.pick(MODES), comment(chance, 10, 43)],
  ];
  return { row, cents: price * (100 - discount) * (1 + tax / 100), isShipped };
}

function stateOf(lines: readonly Line[]): string {
  if (lines.every(({ isShipped }) => isShipped)) return 'F';
  return lines.some(({ isShipped }) => isShipped) ? 'P' : 'O';
}
