/** What a chart is drawn of: its grid, its lines, its stacked areas; and the line of a tile. */

import { s } from './dom.js';
import { clock } from './format.js';
import { MARGIN } from './frame.js';

const LABEL_WIDTH = 90;

export function gridOf(frame, { format }) {
  const rows = frame.ticks.flatMap(tick => [lineAt(frame, tick), markAt(frame, tick, format)]);
  const last = frame.points.length - 1;
  const every = Math.max(1, Math.ceil(LABEL_WIDTH / frame.step));
  const labelled = frame.points.flatMap(({ at }, index) =>
    (last - index) % every === 0 && index > 0 ? [timeAt(frame, index, at)] : [],
  );
  return [...rows, ...labelled];
}

function lineAt(frame, tick) {
  const y = frame.y(tick);
  return s('line', { class: 'grid', x1: MARGIN.left, x2: frame.width - MARGIN.right, y1: y, y2: y });
}

function markAt(frame, tick, format) {
  const place = { x: MARGIN.left - 8, y: frame.y(tick) + 4, 'text-anchor': 'end' };
  return s('text', { class: 'tick', ...place }, format(tick));
}

/** The last one would stand out of the picture. */
function timeAt(frame, index, at) {
  const x = Math.min(frame.x(index), frame.width - 28);
  return s('text', { class: 'tick', x, y: frame.height - 6, 'text-anchor': 'middle' }, clock(at));
}

export function areasOf(frame, series) {
  const below = frame.points.map(() => 0);
  return series.flatMap(({ name, value }) => {
    const floor = placesOf(frame, below);
    frame.points.forEach((point, at) => {
      below[at] += value(point) ?? 0;
    });
    const top = placesOf(frame, below);
    return [
      s('polygon', { class: `area of-${name}`, points: [...top, ...floor.toReversed()].join(' ') }),
      s('polyline', { class: `edge of-${name}`, points: top.join(' ') }),
    ];
  });
}

function placesOf(frame, heights) {
  return heights.map((height, at) => `${frame.x(at)},${frame.y(height)}`);
}

/** A line for each run of known values; a run of one is a dot. */
export function linesOf(frame, series) {
  return series.flatMap(({ name, value }) => runsOf(frame, value).map(run => strokeOf(name, run)));
}

function runsOf(frame, value) {
  const runs = [[]];
  frame.points.forEach((point, at) => {
    const known = value(point);
    if (known == null) runs.push([]);
    else runs.at(-1).push([frame.x(at), frame.y(known)]);
  });
  return runs.filter(run => run.length > 0);
}

function strokeOf(name, run) {
  const [[cx, cy]] = run;
  return run.length > 1
    ? s('polyline', { class: `line of-${name}`, points: run.join(' ') })
    : s('circle', { class: `point of-${name}`, cx, cy, r: 2.5 });
}

/** A line without axes, for a tile; nothing where there are no two values. */
export function spark(values) {
  const known = values.filter(value => value != null);
  if (known.length < 2) return null;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y = value => 84 - (high > low ? ((value - low) / (high - low)) * 76 : 0);
  const x = at => (at * 100) / (values.length - 1);
  const line = values.flatMap((value, at) => (value == null ? [] : [[x(at), y(value)]]));
  const size = { viewBox: '0 0 100 100', preserveAspectRatio: 'none' };
  return s(
    'svg',
    { class: 'spark', 'aria-hidden': 'true', ...size },
    s('polygon', { points: `${line[0][0]},100 ${line.join(' ')} ${line.at(-1)[0]},100` }),
    s('polyline', { points: line.join(' ') }),
  );
}
