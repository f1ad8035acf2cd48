/**
 * Visitors of the demo shop, as many a second as a wave of theirs: popular products often, the rest seldom, searches, a few
 * accounts, and now and then somebody who changes a price.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { createSeededRandom } from '../../../shared/primitives/seeded-random.ts';

export interface VisitorsOptions {
  readonly edge: string;
  readonly minutes: number;
  readonly perSecond: number;
}

const PRODUCTS = 900;
const WORDS = ['lamp', 'oak', 'garden', 'steel', 'small', 'blue', 'wool', 'glass', 'travel', 'light'];
const TICK_MS = 100;

/** Resolves when the time is over. */
export async function visit({ edge, minutes, perSecond }: VisitorsOptions): Promise<void> {
  const random = createSeededRandom(7);
  const endsAt = Date.now() + minutes * 60_000;
  while (Date.now() < endsAt) {
    const wave = 1 + 0.35 * Math.sin(Date.now() / 150_000) + 0.15 * Math.sin(Date.now() / 40_000);
    const count = Math.round((perSecond * wave * TICK_MS) / 1_000 + random() - 0.5);
    for (let i = 0; i < count; i++) void ask(edge, random);
    await sleep(TICK_MS);
  }
}

async function ask(edge: string, random: () => number): Promise<void> {
  const draw = random();
  const id = Math.ceil(PRODUCTS ** random());
  const path = draw < 0.62 ? `/products/${id}` : otherPath(draw, random);
  const change = { method: 'PATCH', body: JSON.stringify({ price: 1 + Math.floor(random() * 90) }) };
  const isChange = draw > 0.9992;
  const init = isChange ? { ...change, headers: { 'content-type': 'application/json' } } : {};
  await fetch(edge + (isChange ? `/api/products/${id}` : path), init)
    .then(response => response.arrayBuffer())
    .catch(() => {});
}

function otherPath(draw: number, random: () => number): string {
  const word = WORDS[Math.floor(WORDS.length * random() ** 2)] ?? 'oak';
  if (draw < 0.74) return `/api/products/${Math.ceil(PRODUCTS ** random())}`;
  if (draw < 0.86) return '/';
  if (draw < 0.96) return `/search?q=${word}`;
  return '/account';
}
