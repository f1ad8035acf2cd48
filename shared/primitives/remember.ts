/**
 * Remembers what a pure function made of a text, for texts that come again and again, such as header values.
 *
 * Bounded both ways, since clients choose the texts: a long one is never kept, and when too many came all are forgotten.
 *
 * Shape   (text -> result) -> (text -> result)
 */

export interface RememberLimits {
  /** @default 512 */
  readonly maxEntries?: number;
  /** In characters. @default 256 */
  readonly maxLength?: number;
}

export function rememberByText<Result>(
  compute: (text: string) => Result,
  { maxEntries = 512, maxLength = 256 }: RememberLimits = {},
): (text: string) => Result {
  const known = new Map<string, Result>();
  return text => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = compute(text);
    if (text.length > maxLength) return result;
    if (known.size >= maxEntries) known.clear();
    known.set(text, result);
    return result;
  };
}
