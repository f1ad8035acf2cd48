/**
 * GET …/performance/cdn: what each CDN did, and the edge among them. The vendors are asked by a function, which has their secrets;
 * whatever is down is said in its row, and the answer is 200 all the same.
 *
 * Shape   ?window=24h|7d|30d -> 200 {window, fromAt, toAt, measuredAt, cdns: [{name, vendor, state, reason | figures}]}
 * Units   whole hours: vendors count by them
 * Errors  400 PERFORMANCE_QUERY_INVALID
 * Cost    one call of the function in five minutes, for each isolate and window; in half a minute where something was not told
 */

import type { Handler } from 'hono';
import { CDN_QUERY, type CdnFigures, type CdnWindow } from '../../shared/api/cdn-figures.ts';
import type { Stats } from '../../shared/api/performance.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { Invoke, Invoked } from '../connect-functions.ts';
import { problemResponse } from '../problem-response.ts';
import { edgeRow, unmeasuredEdge } from './edge-row.ts';
import { readQuery } from './read-body.ts';

export interface CdnFiguresDeps {
  /** Of headrace.config.ts, by name. */
  readonly cdns: readonly string[];
  readonly functions: () => Invoke;
  /** The edge's own, of the last day; rejects with the reason where they cannot be had. */
  readonly lastDay: () => Promise<Pick<Stats, 'requests' | 'cache' | 'origin' | 'redis'>>;
  readonly clock: Clock;
}

type Rows = CdnFigures['cdns'];

const HOUR_MS = 60 * 60 * 1_000;
const DAYS: Readonly<Record<CdnWindow, number>> = { '24h': 1, '7d': 7, '30d': 30 };
const DEADLINE_MS = 9_000;
const KEPT_MS = 5 * 60_000;
const KEPT_INCOMPLETE_MS = 30_000;

export function cdnFigures(deps: CdnFiguresDeps): Handler {
  const kept = new Map<CdnWindow, { readonly figures: CdnFigures; readonly until: number }>();
  return async context => {
    const query = readQuery(context.req.query(), CDN_QUERY());
    if (!query.ok) return invalid(query.words);
    const { window } = query.value;
    const known = kept.get(window);
    if (known && known.until > deps.clock()) return answered(known.figures);
    const figures = await measure(window, deps);
    const isWhole = figures.cdns.every(({ state }) => state === 'measured');
    kept.set(window, { figures, until: deps.clock() + (isWhole ? KEPT_MS : KEPT_INCOMPLETE_MS) });
    return answered(figures);
  };
}

async function measure(window: CdnWindow, deps: CdnFiguresDeps): Promise<CdnFigures> {
  const now = deps.clock();
  const toAt = now - (now % HOUR_MS);
  const fromAt = toAt - DAYS[window] * 24 * HOUR_MS;
  const [own, others] = await Promise.all([ownRow(window, deps), otherRows({ fromAt, toAt }, deps)]);
  return { window, fromAt, toAt, measuredAt: now, cdns: [own, ...others] };
}

async function ownRow(window: CdnWindow, { lastDay }: CdnFiguresDeps): Promise<Rows[number]> {
  if (window !== '24h') return unmeasuredEdge('The edge keeps its own counts for a day: ask for 24h.');
  return lastDay().then(
    figures => edgeRow(figures, 24 * HOUR_MS),
    error => unmeasuredEdge((error as Error).message),
  );
}

async function otherRows(
  stretch: { readonly fromAt: number; readonly toAt: number },
  { cdns, functions }: CdnFiguresDeps,
): Promise<Rows> {
  if (cdns.length === 0) return [];
  const invoked = await functions()('measure-cdns', stretch, DEADLINE_MS);
  if (invoked.kind === 'answered') return (invoked.answer as { readonly cdns: Rows }).cdns;
  const reason = reasonOf(invoked);
  return cdns.map(name => ({ name, vendor: null, state: 'unmeasured', reason }));
}

function reasonOf(invoked: Exclude<Invoked, { kind: 'answered' }>): string {
  switch (invoked.kind) {
    case 'failed':
      return `The function that measures failed: ${invoked.words}`;
    case 'unreachable':
      return 'The function that measures cannot be reached.';
    case 'absent':
      return invoked.sentence;
  }
}

function answered(figures: CdnFigures): Response {
  return Response.json(figures, { headers: { 'cache-control': 'no-store' } });
}

function invalid(detail: string): Response {
  const title = 'The query cannot be understood';
  return problemResponse({ status: 400, code: 'PERFORMANCE_QUERY_INVALID', title, detail });
}
