/**
 * Fills the demo's tables, inside Postgres and the same each time.
 *
 * Shape   how many products -> SQL statements; everything else is in proportion
 * Cost    50,000 products with all around them take about a second and a half
 */

import { draw, drawSkewed, instant, pick, text, textArray } from './pick.ts';
import { categories, TAXONOMY } from './taxonomy.ts';
import {
  CITIES,
  COLOURS,
  COUNTRIES,
  FINISHES,
  FIRST_NAMES,
  LAST_NAMES,
  MAKERS,
  MATERIALS,
  ORDER_STATES,
  PLACES,
  REVIEW_BODIES,
  REVIEW_TITLES,
  SENTENCES,
  STREETS,
} from './words.ts';

const BRANDS = PLACES.length * MAKERS.length;
const SINCE = "timestamptz '2024-01-01'";
const LINES_PER_ORDER = 3;

export function fillTables(products: number): readonly string[] {
  const customers = Math.ceil(products / 5);
  return [
    fillCategories(),
    fillBrands(),
    fillCustomers(customers),
    fillReviews(products * 2, products, customers),
    fillProducts(products),
    fillOrders(products, customers),
    fillOrderLines(products),
  ];
}

function fillCategories(): string {
  const rows = categories().map(
    ({ id, parent, name, slug }) => `(${id}, ${parent}, ${text(name)}, ${text(slug)}, ${SINCE}, ${SINCE})`,
  );
  return `INSERT INTO categories VALUES ${rows.join(',\n')}`;
}

function fillBrands(): string {
  const place = `(${textArray(PLACES)})[1 + (id - 1) % ${PLACES.length}]`;
  const maker = `(${textArray(MAKERS)})[1 + (id - 1) / ${PLACES.length}]`;
  return `INSERT INTO brands
    SELECT id, place || ' ' || maker, lower(place || '-' || maker), ${pick(COUNTRIES, 'id', 1)},
      1840 + ${draw('id', 2, 180)}, ${SINCE}, ${SINCE}
    FROM generate_series(1, ${BRANDS}) id, LATERAL (SELECT ${place} AS place, ${maker} AS maker) names`;
}

function fillCustomers(count: number): string {
  return `INSERT INTO customers
    SELECT id, 'customer' || id || '@example.com',
      ${pick(FIRST_NAMES, 'id', 1)} || ' ' || ${pick(LAST_NAMES, 'id', 2)}, ${address('id')},
      ${twice(instant('2024-01-01', 'id', 5))}
    FROM generate_series(1, ${count}) id`;
}

function address(number: string): string {
  return `jsonb_build_object('street', ${pick(STREETS, number, 3)}, 'number', 1 + ${draw(number, 4, 120)},
    'city', ${pick(CITIES, number, 6)})`;
}

/** One customer reviews a product once at most. */
function fillReviews(count: number, products: number, customers: number): string {
  return `INSERT INTO reviews (product_id, customer_id, rating, title, body, created_at, updated_at)
    SELECT DISTINCT ON (product_id, customer_id) product_id, customer_id,
      greatest(1, 5 - ${draw('id', 3, 3)} * ${draw('id', 4, 3)}), ${pick(REVIEW_TITLES, 'id', 5)},
      ${pick(REVIEW_BODIES, 'id', 6)} || ' ' || ${pick(REVIEW_BODIES, 'id', 7)},
      ${twice(instant('2025-01-01', 'id', 8))}
    FROM generate_series(1, ${count}) id, LATERAL (SELECT 1 + ${drawSkewed('id', 1, products)} AS product_id,
      1 + ${draw('id', 2, customers)} AS customer_id) keys
    ORDER BY product_id, customer_id, id`;
}

function fillProducts(count: number): string {
  const shelves = Object.values(TAXONOMY).flatMap(department => Object.values(department));
  const nouns = shelves.map((words, at) => `(${at}, ${textArray(words)})`).join(',\n');
  const first = Object.keys(TAXONOMY).length + 1;
  const sentences = [0, 1, 2, 3, 4].map(at => pick(SENTENCES, 'id', 30 + at)).join(` || ' ' || `);
  return `INSERT INTO products
    SELECT id, 'MR-' || lpad(id::text, 6, '0'), lower(replace(replace(name, ' ', '-'), '’', '')) || '-' || id, name,
      ${sentences}, ${first} + shelf, 1 + ${draw('id', 5, BRANDS)}, (300 + ${draw('id', 6, 40_000)}) / 100.0,
      20 + ${draw('id', 7, 200)}, ${attributes()}, rating, coalesce(review_count, 0), 1,
      ${twice(instant('2024-06-01', 'id', 13))}
    FROM generate_series(1, ${count}) id
    CROSS JOIN LATERAL (SELECT ${draw('id', 1, shelves.length)} AS shelf) shelves
    JOIN (VALUES ${nouns}) AS called (at, nouns) ON at = shelf
    CROSS JOIN LATERAL (SELECT ${pick(FINISHES, 'id', 2)} || ' ' || ${pick(MATERIALS, 'id', 3)} || ' ' ||
      pg_temp.pick(nouns, id, 4) AS name) names
    LEFT JOIN (SELECT product_id, round(avg(rating), 2) AS rating, count(*)::integer AS review_count
      FROM reviews GROUP BY product_id) reviewed ON product_id = id
    ORDER BY id`;
}

function attributes(): string {
  const size = (salt: number) => `5 + ${draw('id', salt, 90)}`;
  return `jsonb_build_object('colour', ${pick(COLOURS, 'id', 8)}, 'material', ${pick(MATERIALS, 'id', 3)},
    'weightGrams', 80 + ${draw('id', 9, 9_000)}, 'warrantyYears', 2 + ${draw('id', 10, 9)},
    'sizeCm', jsonb_build_array(${size(11)}, ${size(12)}, ${size(14)}))`;
}

function fillOrders(count: number, customers: number): string {
  return `INSERT INTO orders
    SELECT id, 1 + ${draw('id', 1, customers)}, ${pick(ORDER_STATES, 'id', 2)}, ${address('id')},
      ${twice(instant('2025-01-01', 'id', 3))}
    FROM generate_series(1, ${count}) id`;
}

function fillOrderLines(products: number): string {
  const number = `(orders.id * ${LINES_PER_ORDER} + line)`;
  return `INSERT INTO order_lines (order_id, product_id, quantity, unit_price)
    SELECT orders.id, products.id, 1 + ${draw(number, 2, 3)}, price
    FROM orders CROSS JOIN generate_series(1, ${LINES_PER_ORDER}) line
    JOIN products ON products.id = 1 + ${drawSkewed(number, 1, products)}
    ORDER BY orders.id, line`;
}

/** Made and never changed since. */
function twice(instant: string): string {
  return `${instant}, ${instant}`;
}
