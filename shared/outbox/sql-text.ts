/**
 * Writes names and texts into SQL so that none of them can end its quotes, whatever it holds and however the server is set.
 *
 * Shape   name or text -> SQL
 * Source  PostgreSQL, "Lexical Structure": quoted identifiers, string constants with C-style escapes, dollar quoting
 */

/** Postgres would cut a longer one without a word, and mean another column by it. */
const LONGEST_NAME_BYTES = 63;

export function isIdentifier(name: string): boolean {
  const bytes = new TextEncoder().encode(name).byteLength;
  return bytes >= 1 && bytes <= LONGEST_NAME_BYTES && !name.includes('\0') && name.isWellFormed();
}

export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A backslash means itself or an escape, as the server is set; in an E'' it is always an escape. */
export function quoteLiteral(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  return text.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
}

/** The delimiter is one that the body does not have. */
export function dollarQuote(body: string): string {
  let delimiter = '$headrace$';
  for (let attempt = 1; body.includes(delimiter); attempt += 1) delimiter = `$headrace${attempt}$`;
  return `${delimiter}\n${body}\n${delimiter}`;
}

/** For a comment, which the end of a line ends. */
export function quoteForComment(text: string): string {
  return JSON.stringify(text).replaceAll(/[\u0085\u2028\u2029]/g, ' ');
}
