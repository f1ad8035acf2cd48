/**
 * Whether a payload is nested deeper than anybody reads: schemas and JSON.stringify follow it by recursion, and a few
 * kilobytes of brackets would use up the stack of whoever checks them.
 *
 * Shape   value, depth -> boolean; what contains itself is deeper than everything
 * Errors  none (total)
 */

export function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some(member => isDeeperThan(member, depth - 1));
}
