/** The busiest routes and the slowest requests. */

import { h, show } from './dom.js';
import { ago, clock, compact, count, duration, percent } from './format.js';

export function showRoutes(host, routes) {
  if (routes.length === 0)
    return show(
      host,
      h(
        'p',
        { class: 'empty' },
        'The routes of headrace.config.ts, the busiest first, as soon as one is asked for.',
      ),
    );
  const isLookingOn =
    routes.every(({ hitRatio }) => hitRatio == null) &&
    routes.some(({ observedHitRatio }) => observedHitRatio != null);
  const most = Math.max(...routes.map(({ requests }) => requests));
  const rows = routes.map(({ route, requests, hitRatio, observedHitRatio, errorRatio, latency }) => [
    h('th', { scope: 'row' }, h('code', {}, route)),
    h(
      'td',
      { class: 'meter', title: count(requests) },
      meter(requests / most, 'ink'),
      figure(compact(requests)),
    ),
    ratioCell(isLookingOn ? observedHitRatio : hitRatio),
    h('td', {}, duration(latency.p50Ms)),
    h('td', {}, duration(latency.p95Ms)),
    h('td', { class: errorRatio > 0 ? 'bad' : '' }, percent(errorRatio)),
  ]);
  table(host, ['Route', 'Requests', isLookingOn ? 'Would hit' : 'Hit ratio', 'p50', 'p95', 'Errors'], rows);
}

export function showSlow(host, { requests, thresholdMs }) {
  if (requests.length === 0)
    return show(host, h('p', { class: 'empty' }, `None took ${duration(thresholdMs)} or longer.`));
  const now = Date.now();
  const rows = requests
    .slice(0, 12)
    .map(({ at, method, path, status, outcome, totalMs, originMs, requestId }) => [
      h('th', { scope: 'row', title: requestId }, h('code', {}, `${method} ${path}`)),
      h('td', { class: 'figure' }, duration(totalMs)),
      h('td', {}, duration(originMs)),
      h('td', {}, outcome),
      h('td', { class: status >= 500 ? 'bad' : '' }, String(status)),
      h('td', { title: clock(at, true) }, ago(now - at)),
    ]);
  table(host, ['Request', 'Took', 'Origin', 'Outcome', 'Status', 'When'], rows);
}

function table(host, head, rows) {
  const content = h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...head.map(name => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, ...rows.map(cells => h('tr', {}, ...cells))),
  );
  show(host, content);
  // Only what scrolls needs the keyboard.
  if (host.scrollWidth > host.clientWidth) host.tabIndex = 0;
  else host.removeAttribute('tabindex');
}

function ratioCell(ratio) {
  return h('td', { class: 'meter' }, meter(ratio ?? 0, 'cache'), figure(percent(ratio)));
}

function figure(text) {
  return h('span', { class: 'beside' }, text);
}

function meter(part, kind) {
  const bar = h('i', { class: `of-${kind}` });
  bar.style.width = `${Math.max(part > 0 ? 2 : 0, Math.min(1, part) * 100)}%`;
  return h('span', { class: 'bar', 'aria-hidden': 'true' }, bar);
}
