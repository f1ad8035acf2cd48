/**
 * Has the proxy in workerd visit 100,000 URLs, and tells what is alive on its heap after each quarter.
 *
 * Shape   npm run bench:heap -> a line a quarter; fails when more is alive than is configured and the Worker's own
 */

import { fill } from '../../flows/heap/fill.ts';

const MiB = 1024 * 1024;
const MAX_BYTES = 16 * MiB;
/** What the Worker needs besides values. */
const OWN_BYTES = 4 * MiB;

const inMiB = (bytes: number) => `${(bytes / MiB).toFixed(1)} MiB`;

const quarters = await fill({ maxBytes: MAX_BYTES, urls: 100_000 });
for (const { urls, heldBytes, liveBytes } of quarters)
  console.log(`${urls} URLs: ${inMiB(heldBytes)} in the cache, ${inMiB(liveBytes)} alive on the heap`);

const mostBytes = Math.max(...quarters.map(({ liveBytes }) => liveBytes));
const isBounded = mostBytes <= MAX_BYTES + OWN_BYTES;
console.log(
  `${isBounded ? 'within' : 'OVER'} the ${inMiB(MAX_BYTES)} configured and ${inMiB(OWN_BYTES)} of the Worker's own`,
);
if (!isBounded) process.exitCode = 1;
