/** The alarms that are true, the most urgent first; and that all is well where none is. */

import { byId, h, show } from './dom.js';
import { ago, count, duration, percent } from './format.js';

const SIGNS = { '>': 'above', '<': 'below' };

export function showAlerts({ alerts, firing, isQuiet }) {
  const says = byId('alerts-says');
  show(
    says,
    firing
      ? `${count(firing)} of ${count(alerts.length)} are true`
      : `none of ${count(alerts.length)} is true`,
  );
  says.dataset.status = firing ? 'degraded' : 'healthy';
  const wrong = alerts.filter(({ state }) => state === 'firing' || state === 'quiet');
  const rows = wrong.map(rowOf);
  const quiet =
    isQuiet &&
    h(
      'li',
      {},
      h('p', {}, 'Somebody deployed or purged everything: what that explains is told to nobody for a while.'),
    );
  show(
    byId('alerts'),
    ...rows,
    quiet,
    !wrong.length &&
      !isQuiet &&
      h('li', {}, h('p', {}, 'All is well, by what was counted in the last hour.')),
  );
}

function rowOf({ id, says, severity, state, value, operator, threshold, unit, since }) {
  const lasting = since == null ? '' : `, since ${ago(Date.now() - since)}`;
  const figure =
    value == null ? '' : `${format(value, unit)}; ${SIGNS[operator]} ${format(threshold, unit)} is wrong`;
  return h(
    'li',
    { 'data-status': severity === 'page' && state === 'firing' ? 'degraded' : 'absent' },
    h('i', { 'aria-hidden': 'true' }),
    h('b', {}, id),
    h('span', {}, `${state === 'quiet' ? 'explained' : severity}${lasting}`),
    h('p', {}, `${says}. ${figure}`),
  );
}

function format(value, unit) {
  if (unit === 'ms') return duration(value);
  if (unit === 'percent') return percent(value / 100);
  if (unit === 's') return duration(value * 1_000);
  return unit === 'times' ? `${count(value)} times` : count(value);
}
