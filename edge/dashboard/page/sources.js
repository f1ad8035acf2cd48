/** From where answers came: the parts of the wheel, and their list beside it. */

import { h, show } from './dom.js';
import { count, percent } from './format.js';

/** Every outcome belongs to one part, so the parts are the whole. */
export function partsOf({ byLevel, outcomes, observed }) {
  const parts = [
    { name: 'memory', label: 'memory', hint: 'L1, in the isolate', n: byLevel.memory.hits },
    { name: 'redis', label: 'Redis', hint: 'L2, shared', n: byLevel.redis.hits },
    { name: 'joined', label: 'joined', hint: 'shared another’s load', n: outcomes.coalesced },
    { name: 'confirmed', label: 'confirmed', hint: '304 from the origin', n: outcomes.revalidated },
    { name: 'origin', label: 'origin', hint: 'not cached yet', n: outcomes.miss },
    {
      name: 'pass',
      label: 'passed',
      hint: observed ? 'the cache looks on' : 'not for a cache',
      n: outcomes.pass,
    },
    { name: 'error', label: 'failed', hint: 'or refused', n: outcomes.error + outcomes.refused },
  ];
  const total = parts.reduce((sum, { n }) => sum + n, 0);
  return parts.map(part => ({ ...part, share: total ? part.n / total : 0 }));
}

/** While the cache only looks on, what it would have done is what the wheel tells of. */
export function hubOf({ hitRatio, observed }) {
  return hitRatio == null && observed
    ? { hitRatio: observed.hitRatio, says: 'would hit' }
    : { hitRatio, says: 'hit ratio' };
}

/** Nothing where the cache does not only look on. */
export function observedWords({ observed }) {
  if (!observed) return '';
  const { hit, stale, revalidated, miss, pass } = observed.outcomes;
  const [answered, asked] = [hit + stale, revalidated + miss];
  const rest = pass ? `; ${count(pass)} more are not for a cache` : '';
  return `HEADRACE_MODE=observe: of ${count(answered + asked)} requests the cache would have answered ${count(answered)} (${percent(observed.hitRatio)}) without your origin${rest}.`;
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
