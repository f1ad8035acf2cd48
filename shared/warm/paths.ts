/**
 * What may be warmed: paths on the edge's own host, from a list that a person writes, one a line.
 *
 * A warming request comes from inside, so a list or message that could name another host would let its writer reach what
 * only the functions can reach. Nothing but a path is accepted, and the URL made of it must stay at the edge.
 *
 * Shape   text -> { paths, refused, cut }
 * Errors  none (total)
 */

/** Longer request targets are refused by many servers (RFC 9110 §4.1 asks for at least 8,000). */
const MAX_PATH_LENGTH = 8_000;
export const MAX_PATHS_PER_RUN = 1_000;

/** Only its shape matters: what a path adds must not lead away from it. */
const ANY_EDGE = 'http://edge.invalid';

export interface HotList {
  readonly paths: readonly string[];
  /** Lines that are no path. */
  readonly refused: number;
  /** Paths beyond what one run takes. */
  readonly cut: number;
}

export function parseHotList(text: string, limit: number = MAX_PATHS_PER_RUN): HotList {
  const lines = text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('#'));
  const paths = [...new Set(lines.filter(isWarmPath))];
  return {
    paths: paths.slice(0, limit),
    refused: lines.filter(line => !isWarmPath(line)).length,
    cut: Math.max(0, paths.length - limit),
  };
}

export function isWarmPath(text: string): boolean {
  if (!text.startsWith('/') || text.length > MAX_PATH_LENGTH) return false;
  // URL parsers drop tabs and line ends and read a backslash as a slash: `/\host` would be another host.
  if (/[\s\\#]|[^\x20-\x7e]/.test(text)) return false;
  return URL.canParse(text, ANY_EDGE) && new URL(text, ANY_EDGE).origin === ANY_EDGE;
}
