/** From where answers came: the parts of the wheel, and their list beside it. */

import { h, show } from './dom.js';
import { count, percent } from './format.js';

/** Every outcome belongs to one part, so the parts are the whole. */
export function partsOf({ byLevel, outcomes }) {
  const parts = [
    { name: 'memory', label: 'memory', hint: 'L1, in the isolate', n: byLevel.memory.hits },
    { name: 'redis', label: 'Redis', hint: 'L2, shared', n: byLevel.redis.hits },
    { name: 'joined', label: 'joined', hint: 'shared another’s load', n: outcomes.coalesced },
    { name: 'confirmed', label: 'confirmed', hint: '304 from the origin', n: outcomes.revalidated },
    { name: 'origin', label: 'origin', hint: 'not cached yet', n: outcomes.miss },
    { name: 'pass', label: 'passed', hint: 'not for a cache', n: outcomes.pass },
    { name: 'error', label: 'failed', hint: 'or refused', n: outcomes.error + outcomes.refused },
  ];
  const total = parts.reduce((sum, { n }) => sum + n, 0);
  return parts.map(part => ({ ...part, share: total ? part.n / total : 0 }));
}

export function showSources(list, cache) {
  const parts = partsOf(cache);
  const rows = parts.map(({ name, label, hint, n, share }) =>
    h(
      'li',
      { class: n ? '' : 'none' },
      h('i', { class: `dot of-${name}` }),
      h('b', {}, label),
      h('small', {}, hint),
      h('data', { value: n, title: count(n) }, n ? percent(share) : '0'),
    ),
  );
  show(list, ...rows);
}
