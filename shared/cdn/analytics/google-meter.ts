/**
 * What a URL map with Google Cloud CDN did, from Cloud Monitoring.
 *
 * Errors  as the port
 * Cost    two requests, side by side; the first million of a month is free
 * Source  Cloud Monitoring API v3, projects.timeSeries.list; "Google Cloud metrics": loadbalancing.googleapis.com/https
 */

import { askVendor, type VendorDeps } from '../providers/vendor-call.ts';
import { type CdnMeter, CdnUnmeasured, type CdnUse, type Stretch } from './cdn-use.ts';

export interface GoogleMeterOptions {
  readonly name: string;
  readonly project: string;
  readonly urlMap: string;
  /** @default 'https://monitoring.googleapis.com/v3' */
  readonly apiUrl?: string | undefined;
}

const API = 'https://monitoring.googleapis.com/v3';
const GROUPED_BY = ['metric.label.cache_result', 'metric.label.response_code_class'];

export function createGoogleMeter(options: GoogleMeterOptions, deps: VendorDeps): CdnMeter {
  const { name, apiUrl = API } = options;
  async function ask(metric: string, stretch: Stretch, signal: AbortSignal): Promise<readonly Series[]> {
    const path = pathOf(metric, options, stretch);
    const answer = await askVendor({ method: 'GET', apiUrl, path }, deps, signal);
    if (answer.kind === 'silent') throw new CdnUnmeasured(answer.message);
    const body = answer.body as Body | undefined;
    if (answer.status !== 200)
      throw new CdnUnmeasured(`It answered ${answer.status}: ${body?.error?.status ?? 'no reason'}`);
    if (body?.nextPageToken) throw new CdnUnmeasured('It has more series than it tells at once');
    return body?.timeSeries ?? [];
  }
  return {
    name,
    vendor: 'google',
    async measure(stretch, signal) {
      const [requests, bytes] = await Promise.all([
        ask('request_count', stretch, signal),
        ask('response_bytes_count', stretch, signal),
      ]);
      return useOf(requests, bytes);
    },
  };
}

function pathOf(metric: string, { project, urlMap }: GoogleMeterOptions, { fromAt, toAt }: Stretch): string {
  const query = new URLSearchParams({
    filter: `metric.type="loadbalancing.googleapis.com/https/${metric}" AND resource.labels.url_map_name=${JSON.stringify(urlMap)}`,
    'interval.startTime': new Date(fromAt).toISOString(),
    'interval.endTime': new Date(toAt).toISOString(),
    'aggregation.alignmentPeriod': `${Math.round((toAt - fromAt) / 1_000)}s`,
    'aggregation.perSeriesAligner': 'ALIGN_SUM',
    'aggregation.crossSeriesReducer': 'REDUCE_SUM',
  });
  for (const label of GROUPED_BY) query.append('aggregation.groupByFields', label);
  return `/projects/${encodeURIComponent(project)}/timeSeries?${query}`;
}

interface Series {
  readonly metric?: {
    readonly labels?: { readonly cache_result?: string; readonly response_code_class?: string };
  };
  readonly points?: readonly { readonly value?: { readonly int64Value?: string } }[];
}

interface Body {
  readonly timeSeries?: readonly Series[];
  readonly nextPageToken?: string;
  readonly error?: { readonly status?: string };
}

function useOf(requests: readonly Series[], bytes: readonly Series[]): CdnUse {
  return {
    requests: sumOf(requests),
    bytes: sumOf(bytes),
    hits: sumOf(requests.filter(isHit)),
    hitBytes: sumOf(bytes.filter(isHit)),
    errors: sumOf(requests.filter(({ metric }) => metric?.labels?.response_code_class === '500')),
  };
}

/** What came from the cache in part was asked of the origin, too. */
function isHit({ metric }: Series): boolean {
  return metric?.labels?.cache_result === 'HIT';
}

function sumOf(series: readonly Series[]): number {
  const points = series.flatMap(one => one.points ?? []);
  return points.reduce((sum, { value }) => sum + Number(value?.int64Value ?? 0), 0);
}
