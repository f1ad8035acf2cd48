/** Minutes of figures, written by hand as Redis keeps them. */

import type { Minute } from '../../../../shared/monitoring/alerts/evaluate.ts';
import { parseSamples } from '../../../../shared/monitoring/sample.ts';

export const START = 1_800_000_000_000;

/** Each as series -> text: `{ 'edge_requests_total{status="5xx"}': 'c3' }`. */
export function minutesOf(...texts: readonly Readonly<Record<string, string>>[]): readonly Minute[] {
  return texts.map((series, at) => ({
    at: START + at * 60_000,
    samples: parseSamples(Object.entries(series)),
  }));
}

export function repeat<Item>(count: number, item: Item): readonly Item[] {
  return Array.from({ length: count }, () => item);
}

/** Requests of one minute, so many of them 5xx. */
export function requests(all: number, errors = 0): Readonly<Record<string, string>> {
  return {
    'edge_requests_total{status="2xx"}': `c${all - errors}`,
    'edge_requests_total{status="5xx"}': `c${errors}`,
  };
}
