/**
 * Reads a HAR file, as browsers' developer tools save it.
 *
 * Shape   text, host -> readings
 * Errors  TrafficError when it is no HAR
 * Source  HAR 1.2, §entries
 */

import { z } from 'zod';
import { type Reading, readingOf, TrafficError } from './traffic.ts';

const HAR = z.object({
  log: z.object({
    entries: z.array(
      z.object({
        request: z.object({
          method: z.string(),
          url: z.string(),
          headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
        }),
      }),
    ),
  }),
});

type Request = z.output<typeof HAR>['log']['entries'][number]['request'];

export function readHar(text: string, host: string): readonly Reading[] {
  const parsed = HAR.safeParse(parseJson(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new TrafficError(
      `is no HAR: ${issue?.path.join('.') || 'the file'} ${issue?.message ?? 'is wrong'}`,
    );
  }
  return parsed.data.log.entries.map(({ request }) => reading(request, host));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TrafficError('is no HAR: it is not JSON');
  }
}

function reading({ method, url, headers }: Request, host: string): Reading {
  if (!URL.canParse(url)) return 'unreadable';
  const { host: asked, pathname, search } = new URL(url);
  if (asked !== host) return 'host';
  return readingOf(method, pathname + search, negotiating(headers));
}

/** What an answer may vary by and is nobody's secret. */
const REPLAYED = ['accept', 'accept-language'];

function negotiating(headers: Request['headers']): Record<string, string> {
  const kept = headers.map(({ name, value }) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(
    kept.filter(([name, value]) => REPLAYED.includes(name) && /^[ -~]*$/.test(value)),
  );
}
