/** Figures as a person reads them on a wall: three digits, a unit, a dash where there is nothing. */

export const NOTHING = '–';
const NARROW = '\u202f';

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

export function count(n) {
  return n == null ? NOTHING : whole.format(n);
}

export function compact(n) {
  return n == null ? NOTHING : n < 10_000 ? whole.format(Math.round(n)) : short.format(n);
}

/** 0.42, 7.1, 93, 1,240 */
export function rate(n) {
  return n == null ? NOTHING : n > 0 && n < 0.01 ? '<0.01' : n < 10_000 ? digits(n) : short.format(n);
}

/** An edge's clock counts whole milliseconds: none of them is less than one, not no time. */
export function duration(ms) {
  if (ms == null) return NOTHING;
  if (ms === 0) return `<1${NARROW}ms`;
  return ms < 1000 ? `${digits(ms)}${NARROW}ms` : `${digits(ms / 1000)}${NARROW}s`;
}

/** Never rounded up to 100 %: that would promise what was not there. */
export function percent(ratio) {
  if (ratio == null) return NOTHING;
  if (ratio === 0) return `0${NARROW}%`;
  const tenths = Math.floor(ratio * 1000 + 1e-9) / 10;
  return `${tenths === 0 ? '<0.1' : tenths === 100 ? '100' : tenths.toFixed(1)}${NARROW}%`;
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'];
export function bytes(n) {
  if (n == null) return NOTHING;
  const power = n < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(n) / 3));
  return `${digits(n / 1000 ** power)}${NARROW}${UNITS[power]}`;
}

export function dollars(usd) {
  if (usd == null) return NOTHING;
  return `$${usd === 0 ? '0' : usd < 0.01 ? usd.toPrecision(1) : usd.toFixed(2)}`;
}

export function clock(at, withSeconds = false) {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  return new Date(at).toLocaleTimeString('en', { ...options, ...(withSeconds && { second: '2-digit' }) });
}

export function ago(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds}${NARROW}s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes}${NARROW}min ago` : `${Math.round(minutes / 60)}${NARROW}h ago`;
}

function digits(n) {
  const places = n === 0 || n >= 99.95 ? 0 : n >= 9.995 ? 1 : 2;
  return whole.format(Number(n.toFixed(places)));
}
