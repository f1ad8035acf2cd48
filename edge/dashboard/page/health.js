/** What was checked, with the reason wherever something is not well; and what clients were told. */

import { byId, h, show } from './dom.js';
import { compact, count, duration } from './format.js';

const HINTS = {
  redis: 'Without Redis each isolate caches for itself: set UPSTASH_REDIS_REST_URL and its token.',
};

export function showHealth({ status, score, checks }, { byStatus, total }) {
  const says = byId('score');
  show(says, `${status}, ${score} of 100`);
  says.dataset.status = status;
  show(byId('health'), ...Object.entries(checks).map(([name, check]) => rowOf(name, check)));
  const told = Object.entries(byStatus).filter(([name, n]) => n > 0 || name !== 'other');
  show(
    byId('statuses'),
    h('h3', {}, 'Answers by status'),
    ...told.flatMap(([name, n]) => barOf(name, n, total)),
  );
}

function rowOf(name, { status, latencyMs, reason }) {
  const hint = status === 'absent' ? HINTS[name] : undefined;
  return h(
    'li',
    { 'data-status': status },
    h('i', { 'aria-hidden': 'true' }),
    h('b', {}, name),
    h('span', {}, latencyMs === undefined ? status : `${status}, ${duration(latencyMs)}`),
    (reason ?? hint) && h('p', {}, reason ?? hint),
  );
}

function barOf(name, n, total) {
  const bar = h('i', { class: `of-${KINDS[name] ?? 'pass'}` });
  bar.style.width = `${n ? Math.max(1, (100 * n) / total) : 0}%`;
  return [
    h('b', {}, name),
    h('span', { class: 'bar', 'aria-hidden': 'true' }, bar),
    h('span', { class: 'beside', title: count(n) }, compact(n)),
  ];
}

const KINDS = { '2xx': 'memory', '3xx': 'redis', '4xx': 'origin', '5xx': 'error' };
