/**
 * Brings the edge's figures to where alarms are: each count once, whatever dies in between.
 *
 * CloudWatch cannot be told the same thing twice without counting it twice, and an answer may be lost. So a batch is written
 * down before it is sent, it bears a number that is published with it, and who finds one written down looks for the number:
 * there, it arrived; not there after CloudWatch has had time to show it, it never did, and its counts are part of the next.
 *
 * Gauges are told only as somebody just saw them. The totals keep the last value of a process that is gone and of a queue that
 * cannot be seen any more for ever, and an alarm on that would never end.
 *
 * Shape   one run -> what it did
 * Units   ms
 * Errors  those of Redis; AwsRefused and AwsUnavailable of CloudWatch, after which the next run goes on rightly
 * Cost    Redis: 5 trips of some 14 commands; CloudWatch: one call
 */

import { AwsRefused } from '../../aws/aws-errors.ts';
import type { Clock } from '../../primitives/clock.ts';
import { MEASURE_NAMES, measureOf } from '../alerts/measures.ts';
import type { MetricsStore } from '../metrics-store.ts';
import { minutesBefore, startOf } from '../period.ts';
import type { Sample, Samples } from '../sample.ts';
import { parseSeries } from '../series.ts';
import { mergeSamples } from '../tally.ts';
import { deltaOf } from './delta.ts';
import { MARKER } from './limits.ts';
import { metricData, routesToPublish } from './metric-data.ts';
import type { MetricSink, Pending, Published, PublishingStore } from './ports.ts';

export interface PublishDeps {
  /** Where the edge counts. */
  readonly metrics: Pick<MetricsStore, 'total' | 'read'>;
  readonly store: PublishingStore;
  readonly sink: MetricSink;
  readonly clock: Clock;
}

export interface PublishOptions {
  /** Whether routes have series of their own. */
  readonly byRoute: boolean;
}

export type Publishing =
  /** The first run only remembers from where on to count. */
  | { readonly did: 'began' }
  | { readonly did: 'published'; readonly series: number; readonly recovered: Recovered }
  /** Another run is at it, or its fate cannot be known yet. */
  | { readonly did: 'waits' };

type Recovered = 'nothing' | 'arrived' | 'lost';

/** CloudWatch shows what it took within two minutes; a run has long ended by then. */
export const SETTLED_AFTER_MS = 180_000;
const MINUTE_MS = 60_000;
/** Who looks once a minute may look at the end of one and at the beginning of the next but one. */
const MINUTES_SEEN = 2;

export function createPublisher({ metrics, store, sink, clock }: PublishDeps, { byRoute }: PublishOptions) {
  async function recover(pending: Pending): Promise<Recovered | undefined> {
    if (clock() - pending.begunAt < SETTLED_AFTER_MS) return undefined;
    const arrived = (await sink.highest(MARKER, pending.at)) === pending.sequence;
    await (arrived ? store.commit(pending) : store.drop(pending));
    return arrived ? 'arrived' : 'lost';
  }

  async function send(pending: Pending, delta: Samples): Promise<number> {
    const { at, sequence, routes } = pending;
    const data = metricData(delta, { at, sequence, routes: byRoute ? routes : undefined });
    try {
      await sink.put(data);
    } catch (error) {
      if (error instanceof AwsRefused) await store.drop(pending);
      throw error;
    }
    await store.commit(pending);
    return data.length;
  }

  async function begin(samples: Samples): Promise<Publishing> {
    const first: Pending = { ...NONE, samples, sequence: 1, begunAt: clock(), at: clock() };
    if (!(await store.begin(first))) return { did: 'waits' };
    await store.commit(first);
    return { did: 'began' };
  }

  return async (): Promise<Publishing> => {
    const found = await store.read();
    const recovered = found.pending ? await recover(found.pending) : 'nothing';
    if (recovered === undefined) return { did: 'waits' };
    const published = recovered === 'arrived' ? found.pending : found.published;
    const samples = told(await metrics.total(), 'counted');
    if (!published) return begin(samples);
    const seen = mergeSamples(await metrics.read(minutesBefore(MINUTES_SEEN, clock())));
    const delta = new Map([...deltaOf(published.samples, samples), ...told(seen, 'gauged')]);
    const pending = nextBatch(published, { samples, delta, now: clock() });
    if (!(await store.begin(pending))) return { did: 'waits' };
    return { did: 'published', series: await send(pending, delta), recovered };
  };
}

const NONE: Published = { sequence: 0, samples: new Map(), routes: [] };

function nextBatch(
  { sequence, routes }: Published,
  { samples, delta, now }: { readonly samples: Samples; readonly delta: Samples; readonly now: number },
): Pending {
  return {
    sequence: sequence + 1,
    samples,
    routes: routesToPublish(routes, delta),
    begunAt: now,
    // The minute that is over: most of what is counted by now happened in it.
    at: startOf(now, MINUTE_MS) - MINUTE_MS,
  };
}

/** What is remembered is no more than what is told. */
function told(samples: Samples, which: 'counted' | 'gauged'): Samples {
  const names = new Set<string>(MEASURE_NAMES.map(name => measureOf(name).metric));
  const isTold = (series: string, kind: Sample['kind']) =>
    names.has(parseSeries(series).name) && (kind === 'gauge') === (which === 'gauged');
  return new Map([...samples].filter(([series, { kind }]) => isTold(series, kind)));
}
