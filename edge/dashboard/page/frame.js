/** Where the points of a chart lie, in pixels: its scale, its round marks, and which point is nearest to a place. */

export const MARGIN = { top: 12, right: 12, bottom: 24, left: 54 };

/** frameOf(points, { series, scale, stacked, width, height }); each of series has value(point): a number, or null. */
export function frameOf(points, { series, scale, stacked, width, height }) {
  const known = points.flatMap(point => heightsOf(point, series, stacked)).filter(value => value > 0);
  const ticks = scale === 'log' ? decades(known) : steps(Math.max(1, ...known));
  const [low, high] = [ticks[0], ticks.at(-1)];
  const part = scale === 'log' ? value => logPart(value, low, high) : value => value / high;
  const bottom = height - MARGIN.bottom;
  const step = (width - MARGIN.left - MARGIN.right) / Math.max(1, points.length - 1);
  return {
    points,
    width,
    height,
    bottom,
    step,
    ticks,
    x: at => MARGIN.left + at * step,
    y: value => bottom - part(value) * (bottom - MARGIN.top),
    nearest: x => within(Math.round((x - MARGIN.left) / step), points.length - 1),
  };
}

export function within(at, last) {
  return Math.max(0, Math.min(last, at));
}

function heightsOf(point, series, stacked) {
  const values = series.map(({ value }) => value(point));
  return stacked ? [values.reduce((sum, value) => sum + (value ?? 0), 0)] : values;
}

function logPart(value, low, high) {
  return Math.log(Math.max(value, low) / low) / Math.log(high / low);
}

/** 1, 10, 100 … around all values; what is smaller than all of them lies on the lowest. */
export function decades(values) {
  const low = Math.max(-2, Math.floor(Math.log10(Math.min(...values, 1))));
  const high = Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values, 10))));
  return Array.from({ length: high - low + 1 }, (_, at) => 10 ** (low + at));
}

/** About four round steps from nothing. */
export function steps(most) {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 2.5, 5, 10].find(size => size * power >= rough) * power);
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, at) => at * step);
}
