/** A chart over time, drawn at the pixels it has: lines or stacked areas, a crosshair for pointer and arrow keys. */

import { h, s, show } from './dom.js';
import { clock } from './format.js';

const MARGIN = { top: 12, right: 12, bottom: 24, left: 54 };

/**
 * createChart(host, { name, series: [{ name, label, value }], scale: 'log' | 'linear', stacked, format }) gives
 * draw({ points, stepMs }); points have `at`, value(point) is a number or null; `nothing`
 * is shown while there was no request.
 */
export function createChart(host, options) {
  const tip = h('div', { class: 'tip', role: 'status', hidden: true });
  const canvas = h('div', { class: 'canvas' });
  host.replaceChildren(canvas, tip);
  host.tabIndex = 0;
  host.setAttribute('role', 'group');
  host.setAttribute('aria-label', `${options.name} over time: the arrow keys read its points`);
  let data;
  let frame;
  let focused = -1;

  function draw() {
    const { width, height } = canvas.getBoundingClientRect();
    frame = undefined;
    if (!data || width < 40) return;
    if (!data.points.some(one => one.requests > 0))
      return show(canvas, h('p', { class: 'nothing' }, ...options.nothing));
    frame = frameOf(data.points, { ...options, width, height });
    const cursor = s('line', { class: 'cursor', y1: MARGIN.top, y2: frame.bottom, visibility: 'hidden' });
    const picture = s(
      'svg',
      { width, height, 'aria-hidden': 'true' },
      ...gridOf(frame, options),
      ...shapesOf(data.points, frame, options),
      cursor,
    );
    show(canvas, picture);
    if (focused >= 0) point(Math.min(focused, data.points.length - 1));
  }

  function point(at) {
    const chosen = data.points[at];
    const cursor = canvas.querySelector('.cursor');
    focused = chosen ? at : -1;
    tip.hidden = !chosen;
    cursor?.setAttribute('visibility', chosen ? 'visible' : 'hidden');
    if (!chosen) return;
    const x = frame.x(at);
    cursor.setAttribute('x1', x);
    cursor.setAttribute('x2', x);
    show(
      tip,
      h('b', {}, clock(chosen.at)),
      ...options.series.toReversed().map(line => rowOf(line, chosen, options)),
    );
    tip.style.left = `${Math.max(0, Math.min(x + 12, frame.width - tip.offsetWidth))}px`;
    if (x + 12 + tip.offsetWidth > frame.width) tip.style.left = `${Math.max(0, x - 12 - tip.offsetWidth)}px`;
  }

  canvas.addEventListener('pointermove', ({ offsetX }) => frame && point(frame.nearest(offsetX)));
  canvas.addEventListener('pointerleave', () => point(-1));
  host.addEventListener('blur', () => point(-1));
  host.addEventListener('keydown', event => {
    const last = (data?.points.length ?? 0) - 1;
    const to = { ArrowLeft: focused - 1, ArrowRight: focused + 1, Home: 0, End: last, Escape: -1 }[event.key];
    if (to === undefined || !frame) return;
    event.preventDefault();
    point(event.key === 'Escape' ? -1 : focused < 0 ? last : Math.max(0, Math.min(last, to)));
  });
  new ResizeObserver(draw).observe(canvas);
  return next => {
    data = next;
    draw();
  };
}

function rowOf({ name, label, value }, point, { format }) {
  return h('span', {}, h('i', { class: `dot of-${name}` }), `${label} `, h('em', {}, format(value(point))));
}

/** Where things are, in pixels. */
function frameOf(points, { series, scale, stacked, width, height }) {
  const left = MARGIN.left;
  const bottom = height - MARGIN.bottom;
  const step = (width - left - MARGIN.right) / Math.max(1, points.length - 1);
  const values = points.flatMap(point =>
    stacked
      ? [series.reduce((sum, { value }) => sum + (value(point) ?? 0), 0)]
      : series.map(({ value }) => value(point)),
  );
  const known = values.filter(value => value != null && value > 0);
  const ticks = scale === 'log' ? decades(known) : steps(Math.max(1, ...known));
  const [low, high] = [ticks[0], ticks.at(-1)];
  const part = value =>
    scale === 'log' ? Math.log(Math.max(value, low) / low) / Math.log(high / low) : value / high;
  return {
    width,
    height,
    left,
    bottom,
    ticks,
    points,
    x: at => left + at * step,
    y: value => bottom - part(value) * (bottom - MARGIN.top),
    nearest: x => Math.max(0, Math.min(points.length - 1, Math.round((x - left) / step))),
  };
}

/** 1, 10, 100 … around all values. */
function decades(values) {
  const low = Math.floor(Math.log10(Math.min(...values, 1)));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values, 10))));
  return Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
}

/** Four round steps from nothing. */
function steps(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].find(size => size * power >= rough) * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
}

function gridOf(frame, { format }) {
  const rows = frame.ticks.flatMap(tick => [
    s('line', {
      class: 'grid',
      x1: frame.left,
      x2: frame.width - MARGIN.right,
      y1: frame.y(tick),
      y2: frame.y(tick),
    }),
    s('text', { class: 'tick', x: frame.left - 8, y: frame.y(tick) + 4, 'text-anchor': 'end' }, format(tick)),
  ]);
  const last = frame.points.length - 1;
  const every = Math.max(1, Math.ceil(90 / Math.max(1, frame.x(1) - frame.left)));
  const columns = frame.points.flatMap(({ at }, index) =>
    (last - index) % every === 0 && frame.x(index) > frame.left + 12 && last > 0
      ? [
          s(
            'text',
            {
              class: 'tick',
              x: Math.min(frame.x(index), frame.width - 28),
              y: frame.height - 6,
              'text-anchor': 'middle',
            },
            clock(at),
          ),
        ]
      : [],
  );
  return [...rows, ...columns];
}

function shapesOf(points, frame, { series, stacked }) {
  if (!stacked) return series.flatMap(line => lineOf(points, frame, line));
  const below = points.map(() => 0);
  return series.flatMap(({ name, value }) => {
    const floor = [...below];
    points.forEach((point, at) => {
      below[at] += value(point) ?? 0;
    });
    const top = below.map((sum, at) => `${frame.x(at)},${frame.y(sum)}`);
    const back = floor.map((sum, at) => `${frame.x(at)},${frame.y(sum)}`).toReversed();
    return [
      s('polygon', { class: `area of-${name}`, points: [...top, ...back].join(' ') }),
      s('polyline', { class: `edge of-${name}`, points: top.join(' ') }),
    ];
  });
}

/** A line for each run of known values; a run of one is a dot. */
function lineOf(points, frame, { name, value }) {
  const runs = [[]];
  points.forEach((point, at) => {
    const known = value(point);
    if (known == null) runs.push([]);
    else runs.at(-1).push(`${frame.x(at)},${frame.y(known)}`);
  });
  return runs
    .filter(run => run.length > 0)
    .map(run =>
      run.length > 1
        ? s('polyline', { class: `line of-${name}`, points: run.join(' ') })
        : s('circle', {
            class: `point of-${name}`,
            cx: run[0].split(',')[0],
            cy: run[0].split(',')[1],
            r: 2.5,
          }),
    );
}

/** A line without axes, for a tile. */
export function spark(values) {
  const known = values.filter(value => value != null);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = value => (high === low ? 84 : 84 - ((value - low) / (high - low)) * 76);
  const x = at => (at * 100) / Math.max(1, values.length - 1);
  const line = values.flatMap((value, at) => (value == null ? [] : [`${x(at)},${y(value)}`]));
  const attributes = {
    class: 'spark',
    viewBox: '0 0 100 100',
    preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  };
  if (line.length < 2) return null;
  const [from, to] = [line[0], line.at(-1)].map(place => place.split(',')[0]);
  return s(
    'svg',
    attributes,
    s('polygon', { points: `${from},100 ${line.join(' ')} ${to},100` }),
    s('polyline', { points: line.join(' ') }),
  );
}
