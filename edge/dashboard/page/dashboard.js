/** The dashboard: asks every few seconds, and lays out what it is told. */

import { showAlerts } from './alerts.js';
import { ApiProblem, ask, token } from './api.js';
import { createChart } from './chart.js';
import { byId, h, show } from './dom.js';
import { ago, compact, count, duration, rate } from './format.js';
import { showHealth } from './health.js';
import { createPoll } from './poll.js';
import { hubOf, observedWords, partsOf, showSources } from './sources.js';
import { showRoutes, showSlow } from './tables.js';
import { startTheme } from './theme.js';
import { showTiles } from './tiles.js';
import { askForToken, startToken } from './token.js';
import { startTools } from './tools.js';
import { createWheel } from './wheel.js';

const WINDOW = 'headrace-window';
/** Each look costs a few Redis commands: the longer the window, the less there is to miss. */
const EVERY_MS = { '5m': 5_000, '15m': 5_000, '1h': 10_000, '6h': 30_000, '24h': 60_000 };
const ALERTS_EVERY_MS = 30_000;
const STATES = { paused: 'Paused', away: 'Away', live: 'Live', waiting: 'Connecting' };
const root = document.documentElement;
const notice = byId('notice');
const drawWheel = createWheel(byId('wheel'));
const drawRequests = createChart(byId('requests'), {
  name: 'Requests',
  nothing: [
    'No request yet. Send one, and it shows here within seconds:',
    h('code', {}, `curl -i ${location.origin}/`),
  ],
  stacked: true,
  format: compact,
  series: [
    { name: 'origin', label: 'origin', value: point => Math.min(point.requests, point.originRequests) },
    { name: 'cache', label: 'cache', value: point => Math.max(0, point.requests - point.originRequests) },
  ],
});
const drawLatency = createChart(byId('latency'), {
  name: 'Latency',
  nothing: ['No request, no latency.'],
  scale: 'log',
  format: duration,
  series: ['p50', 'p95', 'p99'].map(name => ({ name, label: name, value: point => point[`${name}Ms`] })),
});

let updatedAt;
let alertsAt = 0;
let isAway = false;
const poll = createPoll({ load, done: showAll, failed, everyMs: () => EVERY_MS[chosenWindow()] });

byId('host').append(location.host);
startTheme(byId('theme'));
startToken(poll.now, { isNeeded: true });
startTools(poll.now);
startWindows();
byId('live').addEventListener('click', () => {
  poll.pause(!poll.isPaused);
  tellAge();
});
byId('wall').addEventListener('click', () =>
  document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen(),
);
setInterval(tellAge, 1000);
if (token.get()) poll.now();
else askForToken();

async function load(signal) {
  const [figures, alerts] = await Promise.all([
    ask('GET', `/api/performance/dashboard?window=${chosenWindow()}`, { signal }),
    loadAlerts(signal),
  ]);
  return { ...figures, alerts };
}

/** They change by the minute; the figures are shown without them where they cannot be had. */
async function loadAlerts(signal) {
  if (Date.now() - alertsAt < ALERTS_EVERY_MS) return undefined;
  try {
    const alerts = await ask('GET', '/api/performance/alerts', { signal });
    alertsAt = Date.now();
    return alerts;
  } catch {
    return undefined;
  }
}

function chosenWindow() {
  return document.querySelector('input[name=window]:checked').value;
}

function showAll(figures) {
  const { scope, requests, cache, routes, slow, health, alerts } = figures;
  const trend = settled(figures.trend);
  updatedAt = Date.now();
  isAway = false;
  root.dataset.state = requests.total > 0 ? 'live' : 'empty';
  drawWheel({ ...hubOf(cache), parts: partsOf(cache), perSecond: requests.perSecond });
  show(byId('observed'), observedWords(cache)).hidden = !cache.observed;
  showSources(byId('sources'), cache);
  show(byId('requests-says'), `${rate(requests.perSecond)} a second, ${count(requests.total)} in all`);
  drawRequests(trend);
  drawLatency(trend);
  showTiles(byId('tiles'), { ...figures, trend });
  showHealth(health, requests);
  if (alerts) showAlerts(alerts);
  showRoutes(byId('routes'), routes);
  showSlow(byId('slow'), slow);
  show(byId('slow-says'), `${duration(slow.thresholdMs)} or longer, the latest first`);
  tell(scope.reason ? `Figures of this isolate only: ${scope.reason}` : '', 'partial');
  show(
    byId('foot'),
    scope.counts === 'all-isolates' ? 'All isolates, by way of Redis.' : 'This isolate only.',
  );
  tellAge();
}

/** Without the step that is still growing, which would look like a fall, as soon as there is another one to see. */
function settled({ points, ...rest }) {
  const over = points.slice(0, -1);
  return { ...rest, points: over.some(({ requests }) => requests > 0) ? over : points };
}

function failed(error) {
  const problem = error instanceof ApiProblem ? error : new ApiProblem(0, { title: String(error) });
  root.dataset.state = root.dataset.state === 'live' ? 'stale' : (root.dataset.state ?? 'away');
  if (problem.status === 401) {
    if (problem.code === 'ADMIN_TOKEN_WRONG') token.forget();
    askForToken(problem.code);
    return false;
  }
  isAway = true;
  tell(`${problem.message} Trying again.`, 'away');
  tellAge();
}

function tell(words, kind) {
  if (notice.textContent !== words) show(notice, words);
  notice.hidden = words === '';
  notice.dataset.kind = kind;
}

function tellAge() {
  const age = updatedAt === undefined ? '' : ago(Date.now() - updatedAt);
  const live = byId('live');
  const state = poll.isPaused ? 'paused' : isAway ? 'away' : updatedAt ? 'live' : 'waiting';
  live.setAttribute('aria-pressed', String(!poll.isPaused));
  live.dataset.kind = state;
  live.title = poll.isPaused ? 'Go on asking' : 'Pause';
  show(byId('live-words'), `${STATES[state]}${age && `, ${age}`}`);
}

function startWindows() {
  const wanted = sessionStorage.getItem(WINDOW);
  const radios = [...document.querySelectorAll('input[name=window]')];
  for (const radio of radios) {
    if (radio.value === wanted) radio.checked = true;
    radio.addEventListener('change', () => {
      sessionStorage.setItem(WINDOW, radio.value);
      poll.now();
    });
  }
}
