/**
 * Reads an array as Postgres prints it.
 *
 * Shape   `{a,"b c"}` -> ['a', 'b c']; one dimension, separated by commas
 */

export function arrayOf(text: string): readonly string[] {
  const inner = text.slice(1, -1);
  return [...inner.matchAll(/"((?:[^"\\]|\\.)*)"|([^,]+)/gs)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/gs, '$1'),
  );
}
