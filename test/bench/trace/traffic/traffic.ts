/**
 * The user's own traffic, read from a file: which requests are replayed, and how many are not and why.
 *
 * Shape   HAR or access log -> Traffic
 * Errors  TrafficError, a sentence that names what is wrong with the file
 */

export interface Traffic {
  readonly requests: readonly Replayed[];
  readonly leftOut: Readonly<Record<LeftOut, number>>;
}

export interface Replayed {
  readonly method: 'GET' | 'HEAD';
  /** Path and query, as they were asked for. */
  readonly path: string;
  /** Neither cookies nor credentials: they are nobody's to send again. */
  readonly headers: Readonly<Record<string, string>>;
}

/** `method` might change something; `host` is not the one that was named; `unreadable` is no request at all. */
export type LeftOut = 'method' | 'host' | 'unreadable';

export class TrafficError extends Error {
  override readonly name = 'TrafficError';
}

export type Reading = Replayed | LeftOut;

const LONGEST_PATH = 8_192;

/** A request that may be replayed, or why not. The path is what a client could send: no spaces, no control characters. */
export function readingOf(method: string, path: string, headers: Replayed['headers'] = {}): Reading {
  if (!/^\/[!-~]*$/.test(path) || path.length > LONGEST_PATH) return 'unreadable';
  return method === 'GET' || method === 'HEAD' ? { method, path, headers } : 'method';
}

export function trafficOf(readings: readonly Reading[], most: number): Traffic {
  const requests = readings.filter(reading => typeof reading !== 'string');
  const count = (why: LeftOut) => readings.filter(reading => reading === why).length;
  const leftOut = { method: count('method'), host: count('host'), unreadable: count('unreadable') };
  if (requests.length === 0) {
    throw new TrafficError(`holds no GET or HEAD request to replay (${wordsOf(leftOut)})`);
  }
  return { requests: requests.slice(0, most), leftOut };
}

export function wordsOf({ method, host, unreadable }: Traffic['leftOut']): string {
  return `left out: ${method} of other methods, ${host} for other hosts, ${unreadable} unreadable`;
}
