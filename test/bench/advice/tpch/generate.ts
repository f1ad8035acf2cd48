/**
 * Data of TPC-H's shape: its cardinalities, distributions, and what hangs together (dates, prices, who supplies what).
 *
 * Shape   scale factor, seed -> tables; scale 1 is 6 million lines of orders
 * Source  TPC Benchmark H, clause 4.2.3
 */

import { createChance } from '../chance.ts';
import type { TableRows, Value } from '../workload.ts';
import { lineTables } from './orders.ts';
import { retailPrice, type Sizes, supplierOf } from './parts.ts';
import { comment, letters, phone } from './texts.ts';
import { COLOURS, CONTAINERS, NATIONS, REGIONS, SEGMENTS, TYPES } from './words.ts';

export function* tpchData(scale: number, seed: number): Generator<TableRows> {
  const sizes = sizesAt(scale);
  const tables = { region, nation, part, supplier, partsupp, customer } as const;
  for (const [at, [table, rows]] of Object.entries(tables).entries())
    yield { table, rows: rows(sizes, seed + at) };
  yield* lineTables(sizes, seed + 10);
}

export function sizesAt(scale: number): Sizes {
  // With fewer suppliers one would come twice for a part.
  const times = (rows: number) => Math.max(100, Math.round(rows * scale));
  return { suppliers: times(10_000), parts: times(200_000), customers: times(150_000), clerks: times(1_000) };
}

type Rows = Generator<readonly Value[]>;

function* region(_sizes: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (const [key, name] of REGIONS.entries()) yield [key, name, comment(chance, 31, 115)];
}

function* nation(_sizes: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (const [key, [name, of]] of NATIONS.entries()) yield [key, name, of, comment(chance, 31, 114)];
}

function* part({ parts }: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (let key = 1; key <= parts; key += 1) {
    const maker = chance.between(1, 5);
    yield [
      key,
      chance.sample(COLOURS, 5).join(' '),
      `Manufacturer#${maker}`,
      `Brand#${maker}${chance.between(1, 5)}`,
      chance.pick(TYPES),
      chance.between(1, 50),
      chance.pick(CONTAINERS),
      retailPrice(key),
      comment(chance, 5, 22),
    ];
  }
}

function* supplier({ suppliers }: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (let key = 1; key <= suppliers; key += 1) {
    const nation = chance.below(25);
    yield [
      key,
      `Supplier#${String(key).padStart(9, '0')}`,
      letters(chance, 10, 40),
      nation,
      phone(chance, nation),
      balance(chance.between(-99_999, 999_999)),
      supplierComment(chance, key),
    ];
  }
}

/** Five of ten thousand are complained of, five are recommended. */
function supplierComment(chance: ReturnType<typeof createChance>, key: number): string {
  const text = comment(chance, 25, 70);
  const told = ({ 5: 'Complaints', 1005: 'Recommends' } as Record<number, string>)[key % 2_000];
  return told ? `${text} Customer ${comment(chance, 4, 10)} ${told}` : text;
}

function* partsupp({ parts, suppliers }: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (let part = 1; part <= parts; part += 1) {
    for (let which = 0; which < 4; which += 1) {
      const cost = balance(chance.between(100, 100_000));
      const supplier = supplierOf(part, which, suppliers);
      yield [part, supplier, chance.between(1, 9_999), cost, comment(chance, 49, 198)];
    }
  }
}

function* customer({ customers }: Sizes, seed: number): Rows {
  const chance = createChance(seed);
  for (let key = 1; key <= customers; key += 1) {
    const nation = chance.below(25);
    yield [
      key,
      `Customer#${String(key).padStart(9, '0')}`,
      letters(chance, 10, 40),
      nation,
      phone(chance, nation),
      balance(chance.between(-99_999, 999_999)),
      chance.pick(SEGMENTS),
      comment(chance, 29, 116),
    ];
  }
}

const balance = (cents: number): number => cents / 100;
