/**
 * What a zone of Cloudflare did, from its GraphQL API: by the hour for three days at most, by the day for more.
 *
 * Errors  as the port; GraphQL's errors come with a status of 200
 * Cost    one request; 300 in five minutes are allowed
 * Source  Cloudflare docs, "GraphQL Analytics API": httpRequests1hGroups, httpRequests1dGroups, limits
 */

import { CLOUDFLARE_API, type CloudflareOptions } from '../providers/cloudflare.ts';
import { askVendor, type VendorDeps } from '../providers/vendor-call.ts';
import { type CdnMeter, CdnUnmeasured, type CdnUse, type Stretch } from './cdn-use.ts';

const MOST_HOURS_MS = 72 * 60 * 60 * 1_000;
const SUMS =
  'sum { requests bytes cachedRequests cachedBytes responseStatusMap { edgeResponseStatus requests } }';

export function createCloudflareMeter(
  { name, zoneId, apiUrl = CLOUDFLARE_API }: Pick<CloudflareOptions, 'name' | 'zoneId' | 'apiUrl'>,
  deps: VendorDeps,
): CdnMeter {
  return {
    name,
    vendor: 'cloudflare',
    async measure(stretch, signal) {
      const body = queryOf(zoneId, stretch);
      const answer = await askVendor({ method: 'POST', apiUrl, path: '/graphql', body }, deps, signal);
      if (answer.kind === 'silent') throw new CdnUnmeasured(answer.message);
      return useOf(groupsOf(answer.status, answer.body as Body | undefined));
    },
  };
}

function queryOf(zone: string, { fromAt, toAt }: Stretch): object {
  const byHour = toAt - fromAt <= MOST_HOURS_MS;
  const [group, from, to] = byHour
    ? (['httpRequests1hGroups', 'datetime_geq', 'datetime_lt'] as const)
    : (['httpRequests1dGroups', 'date_geq', 'date_lt'] as const);
  const type = byHour ? 'Time' : 'Date';
  const instant = (at: number) => new Date(at).toISOString().slice(0, byHour ? 19 : 10) + (byHour ? 'Z' : '');
  const filter = `filter: { ${from}: $from, ${to}: $to }`;
  return {
    query: `query ($zone: string!, $from: ${type}!, $to: ${type}!) { viewer { zones(filter: { zoneTag: $zone }) { groups: ${group}(limit: 100, ${filter}) { ${SUMS} } } } }`,
    variables: { zone, from: instant(fromAt), to: instant(toAt) },
  };
}

interface Sum {
  readonly requests: number;
  readonly bytes: number;
  readonly cachedRequests: number;
  readonly cachedBytes: number;
  readonly responseStatusMap: readonly { readonly edgeResponseStatus: number; readonly requests: number }[];
}

interface Body {
  readonly data?: {
    readonly viewer?: { readonly zones?: readonly { readonly groups?: readonly { readonly sum: Sum }[] }[] };
  } | null;
  readonly errors?: readonly { readonly message?: unknown }[] | null;
}

function groupsOf(status: number, body: Body | undefined): readonly Sum[] {
  const said = body?.errors?.[0]?.message;
  if (status !== 200 || said !== undefined)
    throw new CdnUnmeasured(`It answered ${status}: ${said ?? 'no reason'}`);
  const groups = body?.data?.viewer?.zones?.[0]?.groups;
  if (!groups) throw new CdnUnmeasured('It knows no such zone, or the token may not read its analytics');
  return groups.map(({ sum }) => sum);
}

function useOf(sums: readonly Sum[]): CdnUse {
  const total = (of: (sum: Sum) => number) => sums.reduce((all, sum) => all + of(sum), 0);
  return {
    requests: total(({ requests }) => requests),
    bytes: total(({ bytes }) => bytes),
    hits: total(({ cachedRequests }) => cachedRequests),
    hitBytes: total(({ cachedBytes }) => cachedBytes),
    errors: total(({ responseStatusMap }) =>
      responseStatusMap
        .filter(({ edgeResponseStatus }) => edgeResponseStatus >= 500)
        .reduce((all, { requests }) => all + requests, 0),
    ),
  };
}
