/**
 * `npm run bench:cdn`: 10,000 addresses and 500 tags to each of four CDNs, by a process that is killed on its way and goes on.
 *
 * Shape   [--urls 10000] [--tags 500] [--kills 3] [--speed 100] -> calls against the fewest there could be; ends with 1 when a
 *         bar is missed
 * Cost    some two minutes; on a clock that runs a hundred times as fast, for Google takes 500 in a minute
 */

import { parseArgs } from 'node:util';
import { planInvalidation } from '../../../shared/cdn/plan/plan-invalidation.ts';
import { GOOGLE_CAPABILITIES } from '../../../shared/cdn/providers/limits.ts';
import { missedBars, runKilled } from './run-killed.ts';
import { CDNS, orderOf } from './scene.ts';

const { values } = parseArgs({
  options: {
    urls: { type: 'string', default: '10000' },
    tags: { type: 'string', default: '500' },
    kills: { type: 'string', default: '3' },
    speed: { type: 'string', default: '100' },
  },
});
const size = { urls: Number(values.urls), tags: Number(values.tags) };
const VENDORS = {
  site: 'CloudFront',
  shop: 'Cloudflare',
  azure: 'Azure Front Door',
  media: 'Google Cloud CDN',
};

const figures = await runKilled({ ...size, kills: Number(values.kills), speed: Number(values.speed) });
console.log(
  `${size.urls} addresses and ${size.tags} tags to each; the process was killed ${figures.kills} times.`,
);
console.table(
  Object.fromEntries(
    CDNS.map(name => {
      const { calls, fewest, taken, distinct, ordered, beyond } = figures.cdns[name];
      const lost = ordered - distinct;
      return [VENDORS[name], { calls, fewest, 'items taken': taken, ordered, lost, 'beyond limits': beyond }];
    }),
  ),
);
const order = orderOf(size);
const { calls } = planInvalidation(
  { order, tagsAtCdn: order.tags ?? [] },
  { capabilities: GOOGLE_CAPABILITIES, hosts: [], collapseAbove: 100 },
);
console.log(
  `Where folders of more than 100 may stand for their addresses, Google needs ${calls.length} calls.`,
);
console.log(
  `It took ${Math.round(figures.tookMs / 1_000)} s, ${Math.round(figures.clockMs / 60_000)} minutes by its clock.`,
);

const missed = missedBars(figures);
for (const words of missed) console.log(`MISSED ${words}`);
if (missed.length === 0)
  console.log('held   nothing lost, nothing paid twice, no limit exceeded, no call too many');
process.exitCode = missed.length === 0 ? 0 : 1;
