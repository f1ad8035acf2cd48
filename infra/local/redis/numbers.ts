/**
 * Numbers as Redis reads and writes them: 64-bit integers, doubles with 17 digits, exact decimal sums.
 *
 * Shape   text -> number or undefined when Redis would refuse it
 * Source  Redis 7.0 util.c (string2ll), networking.c (addReplyDouble: %.17g), object.c (getLongDoubleFromObject)
 */

const INT64_MAX = 2n ** 63n - 1n;
const INTEGER = /^(?:0|-?[1-9]\d{0,18})$/;
const FLOAT = /^[+-]?(?:inf(?:inity)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,4})?)$/i;
const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i;
/** %.17Lf: what INCRBYFLOAT keeps after the point. */
const FRACTION_DIGITS = 17;

export function parseInt64(text: string): bigint | undefined {
  if (!INTEGER.test(text)) return undefined;
  const value = BigInt(text);
  return isInt64(value) ? value : undefined;
}

export function isInt64(value: bigint): boolean {
  return value <= INT64_MAX && value >= -INT64_MAX - 1n;
}

export function parseFloat64(text: string): number | undefined {
  if (!FLOAT.test(text)) return undefined;
  if (!/inf/i.test(text)) return Number(text);
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** C's %.17g. */
export function formatFloat64(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isSafeInteger(value)) return String(value);
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : value < 0 ? '-inf' : 'nan';
  const [mantissa = '', power = '0'] = value.toExponential(16).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 17) return stripZeros(value.toFixed(16 - exponent));
  const sign = exponent < 0 ? '-' : '+';
  return `${stripZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

/**
 * The sum as INCRBYFLOAT writes it. Decimals are added exactly: a double would turn 0.1 + 0.2 into 0.30000000000000004.
 * Redis adds in its machine's long double, whose last digits show from about 100 on (x64: 1000 + 0.1 = 1000.09999999999999998).
 */
export function addDecimals(a: string, b: string): string {
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  const scale = Math.max(left.scale, right.scale, FRACTION_DIGITS);
  const sum =
    left.digits * 10n ** BigInt(scale - left.scale) + right.digits * 10n ** BigInt(scale - right.scale);
  const cut = 10n ** BigInt(scale - FRACTION_DIGITS);
  const half = sum < 0n ? -cut / 2n : cut / 2n;
  return formatDecimal((sum + half) / cut);
}

function parseDecimal(text: string): { digits: bigint; scale: number } {
  const [, sign = '', whole = '', fraction = '', power = '0'] = DECIMAL.exec(text) ?? [];
  const scale = fraction.length - Number(power);
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  return scale >= 0 ? { digits, scale } : { digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

function formatDecimal(scaled: bigint): string {
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(FRACTION_DIGITS + 1, '0');
  const text = stripZeros(`${digits.slice(0, -FRACTION_DIGITS)}.${digits.slice(-FRACTION_DIGITS)}`);
  return scaled < 0n ? `-${text}` : text;
}

function stripZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
