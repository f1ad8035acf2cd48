/**
 * One of several processes that miss the same key at once, each for many callers.
 *
 * Shape   address as arguments; messages: 'ready' out, key in, [loads, values] out; ends with its parent
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { createCache } from '../../functions/cache.ts';

const [url = '', token = ''] = process.argv.slice(2);
const cache = createCache({ redis: { url, token }, deadlineMs: 5_000 });
const CALLERS = 5;
/** Longer than it takes the others to ask. */
const LOAD_MS = 500;

process.on('message', async (key: string) => {
  let loads = 0;
  const load = async () => {
    loads += 1;
    await sleep(LOAD_MS);
    return `loaded by ${process.pid}`;
  };
  const ask = () => cache.getOrLoad(key, load, { lease: { waitMs: 15_000 } });
  const values = await Promise.all(Array.from({ length: CALLERS }, ask));
  process.send?.([loads, values]);
});
process.on('disconnect', () => process.exit());
// Connected, and its code warm: what is tested begins at one moment.
await cache.getOrLoad('warm-up', () => 1);
process.send?.('ready');
