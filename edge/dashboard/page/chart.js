/** A chart over time, drawn at the pixels it has: lines or stacked areas, read by the pointer or the arrow keys. */

import { h, s, show } from './dom.js';
import { clock } from './format.js';
import { frameOf, MARGIN, within } from './frame.js';
import { areasOf, gridOf, linesOf } from './shapes.js';

const LEAST_WIDTH = 40;
const BESIDE = 12;

/**
 * createChart(host, { name, series: [{ name, label, value }], scale: 'log' | 'linear', stacked, format, nothing }) gives
 * draw({ points }). Points have `at` and `requests`; `nothing` is shown while there was no request.
 */
export function createChart(host, options) {
  const tip = h('div', { class: 'tip', role: 'status', hidden: true });
  const canvas = h('div', { class: 'canvas' });
  host.replaceChildren(canvas, tip);
  let points = [];
  let frame;
  let focused = -1;

  function draw() {
    frame = pictureIn(canvas, points, options);
    focus(frame ? Math.min(focused, points.length - 1) : -1);
  }

  function focus(at) {
    focused = at;
    const isShown = frame !== undefined && at >= 0;
    tip.hidden = !isShown;
    moveCursor(canvas, isShown ? frame.x(at) : undefined);
    if (isShown) fillTip(tip, points[at], options, { x: frame.x(at), width: frame.width });
  }

  canvas.addEventListener('pointermove', ({ offsetX }) => frame && focus(frame.nearest(offsetX)));
  canvas.addEventListener('pointerleave', () => focus(-1));
  readByKeys(host, options.name, { focus, place: () => [focused, frame ? points.length - 1 : -1] });
  new ResizeObserver(draw).observe(canvas);
  return next => {
    points = next.points;
    draw();
  };
}

/** The frame of what was drawn; none where there is nothing to draw, or no room. */
function pictureIn(canvas, points, options) {
  const { width, height } = canvas.getBoundingClientRect();
  if (points.length === 0 || width < LEAST_WIDTH) return undefined;
  if (!points.some(({ requests }) => requests > 0)) {
    show(canvas, h('p', { class: 'nothing' }, ...options.nothing));
    return undefined;
  }
  const frame = frameOf(points, { ...options, width, height });
  const shapes = (options.stacked ? areasOf : linesOf)(frame, options.series);
  const cursor = s('line', { class: 'cursor', y1: MARGIN.top, y2: frame.bottom, visibility: 'hidden' });
  show(
    canvas,
    s('svg', { width, height, 'aria-hidden': 'true' }, ...gridOf(frame, options), ...shapes, cursor),
  );
  return frame;
}

function moveCursor(canvas, x) {
  const cursor = canvas.querySelector('.cursor');
  cursor?.setAttribute('visibility', x === undefined ? 'hidden' : 'visible');
  for (const name of ['x1', 'x2']) if (x !== undefined) cursor?.setAttribute(name, x);
}

/** Right of the cursor, or left of it where there is no room. */
function fillTip(tip, point, { series, format }, { x, width }) {
  const rows = series
    .toReversed()
    .map(({ name, label, value }) =>
      h('span', {}, h('i', { class: `dot of-${name}` }), `${label} `, h('em', {}, format(value(point)))),
    );
  show(tip, h('b', {}, clock(point.at)), ...rows);
  const isRight = x + BESIDE + tip.offsetWidth <= width;
  tip.style.left = `${Math.max(0, isRight ? x + BESIDE : x - BESIDE - tip.offsetWidth)}px`;
}

function readByKeys(host, name, { focus, place }) {
  host.tabIndex = 0;
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', `${name} over time: the arrow keys read its points`);
  host.addEventListener('blur', () => focus(-1));
  host.addEventListener('keydown', event => {
    const [at, last] = place();
    const to = { ArrowLeft: at < 0 ? last : at - 1, ArrowRight: at < 0 ? last : at + 1, Home: 0, End: last }[
      event.key
    ];
    if (event.key === 'Escape') return focus(-1);
    if (to === undefined || last < 0) return;
    event.preventDefault();
    focus(within(to, last));
  });
}
