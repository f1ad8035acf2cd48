/**
 * What an endpoint of Azure Front Door did, from Azure Monitor.
 *
 * Units   ratios in percent
 * Errors  as the port
 * Cost    one request; the first million of a month is free
 * Source  Azure Monitor REST API, "Metrics - List"; "Supported metrics for Microsoft.Cdn/profiles"
 */

import { AZURE_API, type AzureFrontDoorOptions, pathOfProfile } from '../providers/azure-front-door.ts';
import { askVendor, type VendorDeps } from '../providers/vendor-call.ts';
import { type CdnMeter, CdnUnmeasured, type CdnUse, type Stretch } from './cdn-use.ts';

const NAMES = [
  'RequestCount',
  'ResponseSize',
  'OriginRequestCount',
  'ByteHitRatio',
  'Percentage5XX',
] as const;
type Name = (typeof NAMES)[number];

export function createAzureMeter(options: AzureFrontDoorOptions, deps: VendorDeps): CdnMeter {
  const { name, apiUrl = AZURE_API } = options;
  return {
    name,
    vendor: 'azure-front-door',
    async measure(stretch, signal) {
      const answer = await askVendor({ method: 'GET', apiUrl, path: pathOf(options, stretch) }, deps, signal);
      if (answer.kind === 'silent') throw new CdnUnmeasured(answer.message);
      const body = answer.body as Body | undefined;
      if (answer.status !== 200)
        throw new CdnUnmeasured(`It answered ${answer.status}: ${body?.error?.code ?? ''}`);
      return useOf(pointsOf(body));
    },
  };
}

function pathOf(options: AzureFrontDoorOptions, { fromAt, toAt }: Stretch): string {
  const query = new URLSearchParams({
    'api-version': '2024-02-01',
    metricnames: NAMES.join(','),
    aggregation: 'Total,Average',
    interval: 'PT1H',
    timespan: [fromAt, toAt].map(at => new Date(at).toISOString()).join('/'),
    $filter: `Endpoint eq '${options.endpoint.replaceAll("'", "''")}'`,
  });
  return `${pathOfProfile(options)}/providers/Microsoft.Insights/metrics?${query}`;
}

interface Point {
  readonly timeStamp: string;
  readonly total?: number;
  readonly average?: number;
}

interface Body {
  readonly value?: readonly {
    readonly name?: { readonly value?: string };
    readonly timeseries?: readonly { readonly data?: readonly Point[] }[];
  }[];
  readonly error?: { readonly code?: string };
}

type Points = Readonly<Record<Name, readonly Point[]>>;

function pointsOf(body: Body | undefined): Points {
  const found = (name: Name) => body?.value?.find(metric => metric.name?.value === name)?.timeseries;
  const one = (name: Name) => (found(name) ?? []).flatMap(({ data = [] }) => data);
  return {
    RequestCount: one('RequestCount'),
    ResponseSize: one('ResponseSize'),
    OriginRequestCount: one('OriginRequestCount'),
    ByteHitRatio: one('ByteHitRatio'),
    Percentage5XX: one('Percentage5XX'),
  };
}

function useOf(points: Points): CdnUse {
  const requests = totalOf(points.RequestCount);
  const asked = points.OriginRequestCount.length === 0 ? null : totalOf(points.OriginRequestCount);
  return {
    requests,
    bytes: totalOf(points.ResponseSize),
    // Retries and probes of origins can make these more than there were visitors.
    hits: asked === null ? null : Math.max(0, requests - asked),
    hitBytes: weighed(points.ByteHitRatio, points.ResponseSize),
    errors: weighed(points.Percentage5XX, points.RequestCount),
  };
}

function totalOf(points: readonly Point[]): number {
  return points.reduce((sum, { total = 0 }) => sum + total, 0);
}

/** A ratio of an hour, of what there was in that hour. */
function weighed(ratios: readonly Point[], of: readonly Point[]): number | null {
  if (ratios.length === 0) return null;
  const totals = new Map(of.map(({ timeStamp, total = 0 }) => [timeStamp, total]));
  const each = ratios.map(({ timeStamp, average = 0 }) => ((totals.get(timeStamp) ?? 0) * average) / 100);
  return Math.round(each.reduce((sum, value) => sum + value, 0));
}
