/**
 * Reads an access log in the Common or the Combined Log Format, as Apache, nginx and many others write it.
 *
 * Shape   text, host -> readings, one a line
 * Errors  TrafficError when no line is one of such a log
 * Source  httpd.apache.org/docs/2.4/logs.html
 */

import { type Reading, readingOf, TrafficError } from './traffic.ts';

/** Who, identity, user, [when], "request", status, bytes; Combined adds two texts in quotes. */
const LINE = /^\S+ \S+ .*?\[[^\]]+\] "((?:[^"\\]|\\.)*)" \d{3} (?:\d+|-)(?: |$)/;
const REQUEST = /^([A-Z]+) (\S+)(?: HTTP\/\d(?:\.\d)?)?$/;

export function readAccessLog(text: string, host: string): readonly Reading[] {
  const lines = text.split('\n').map(line => line.trimEnd());
  const readings = lines.filter(line => line !== '').map(line => reading(line, host));
  if (readings.every(found => found === 'unreadable')) {
    throw new TrafficError('is no access log in the Common or the Combined Log Format');
  }
  return readings;
}

function reading(line: string, host: string): Reading {
  const [, request] = LINE.exec(line) ?? [];
  const [, method = '', target = ''] = REQUEST.exec(request ?? '') ?? [];
  if (method === '') return 'unreadable';
  if (target.startsWith('/')) return readingOf(method, target);
  // What was asked of it as a proxy names its host.
  if (!/^https?:/.test(target) || !URL.canParse(target)) return 'unreadable';
  const url = new URL(target);
  return url.host === host ? readingOf(method, url.pathname + url.search) : 'host';
}
