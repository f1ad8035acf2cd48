/**
 * Which values come back from JSON exactly as they went in: the fast path for nearly all that is cached.
 *
 * Errors  none; what is nested deeper than DEEPEST is left to the slow path, which refuses what has no end
 */

const DEEPEST = 100;

export function isPlainJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  // JSON has no infinity, no NaN, and no zero below zero.
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object' || depth > DEEPEST) return false;
  if (Array.isArray(value)) return isPlainList(value, depth);
  return isPlainObject(value) && hasPlainFields(value, depth);
}

export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The very object, which nobody can write into any more. */
export function freezeDeep<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const field of Object.values(value)) freezeDeep(field);
  return Object.freeze(value);
}

/** What a JSON value takes in memory, in bytes, estimated from above. */
export function weighJson(value: unknown): number {
  if (typeof value === 'string') return 24 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 16;
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + 8 + weighJson(item), 64);
  return Object.entries(value).reduce(
    (sum, [name, field]) => sum + 24 + 2 * name.length + weighJson(field),
    96,
  );
}

function isPlainList(list: readonly unknown[], depth: number): boolean {
  for (let i = 0; i < list.length; i++) if (!isPlainJson(list[i], depth + 1)) return false;
  return true;
}

function hasPlainFields(fields: Record<string, unknown>, depth: number): boolean {
  if (typeof fields.toJSON === 'function') return false;
  for (const name in fields) if (!isPlainJson(fields[name], depth + 1)) return false;
  return true;
}
