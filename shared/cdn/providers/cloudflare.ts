/**
 * Cloudflare: purges files, tags, prefixes, hosts or everything of a zone, or makes them stale when asked softly.
 *
 * Errors  as the port. Its errors come with a status of 200 as well: `success` decides
 * Cost    as the port; a purge is free, and done when it is accepted
 * Source  Cloudflare API, "Purge Cached Content", "Invalidate Cached Content"
 */

import type { CdnCall, CdnProvider, SendOutcome } from '../provider.ts';
import type { Target } from '../target.ts';
import { type CloudflarePlan, cloudflareCapabilities } from './limits.ts';
import { fieldsOf, listOf, textOf as toText, wordsOf } from './read-answer.ts';
import { type Answered, askVendor, outcomeOfFailure, silent, type VendorDeps } from './vendor-call.ts';

export interface CloudflareOptions {
  readonly name: string;
  readonly zoneId: string;
  /** @default 'free' */
  readonly plan?: CloudflarePlan | undefined;
  /**
   * Where the zone's cache key has headers in it: every combination that visitors send. A file is purged under each.
   * @default none
   */
  readonly variants?: readonly Readonly<Record<string, string>>[] | undefined;
  /** @default 'https://api.cloudflare.com/client/v4' */
  readonly apiUrl?: string | undefined;
}

export const CLOUDFLARE_API = 'https://api.cloudflare.com/client/v4';

export function createCloudflare(options: CloudflareOptions, deps: VendorDeps): CdnProvider {
  const { name, zoneId, plan = 'free', variants = [], apiUrl = CLOUDFLARE_API } = options;
  return {
    name,
    capabilities: withVariants(cloudflareCapabilities(plan), Math.max(1, variants.length)),
    async send(call, { signal }) {
      const action = call.mode === 'soft' ? 'invalidate_cache' : 'purge_cache';
      const path = `/zones/${encodeURIComponent(zoneId)}/${action}`;
      const body = bodyOf(call, variants);
      const answer = await askVendor({ method: 'POST', apiUrl, path, body }, deps, signal);
      return answer.kind === 'silent' ? silent(answer) : outcomeOf(answer, deps);
    },
    // It is done when it is accepted: nobody asks.
    look: async () => ({ kind: 'completed' }),
  };
}

/** A file under three combinations of headers is three of the hundred. */
function withVariants(
  capabilities: ReturnType<typeof cloudflareCapabilities>,
  times: number,
): ReturnType<typeof cloudflareCapabilities> {
  const pools = capabilities.pools.map(pool =>
    pool.name === 'files' ? { ...pool, perCall: Math.max(1, Math.floor(pool.perCall / times)) } : pool,
  );
  const rates = capabilities.rates.map(rate =>
    rate.per === 'item'
      ? { ...rate, capacity: rate.capacity / times, perSecond: rate.perSecond / times }
      : rate,
  );
  return { ...capabilities, pools, rates };
}

/** The calls of a plan hold targets of one kind. */
function bodyOf({ targets }: CdnCall, variants: NonNullable<CloudflareOptions['variants']>): object {
  const [first] = targets;
  switch (first?.kind) {
    case 'url': {
      const urls = targets.map(textOf);
      const withHeaders = () => urls.flatMap(url => variants.map(headers => ({ url, headers })));
      return { files: variants.length === 0 ? urls : withHeaders() };
    }
    case 'tag':
      return { tags: targets.map(textOf) };
    case 'prefix':
      return { prefixes: targets.map(textOf) };
    case 'host':
      return { hosts: targets.map(textOf) };
    default:
      return { purge_everything: true };
  }
}

function textOf(target: Target): string {
  switch (target.kind) {
    case 'url':
      return `${target.scheme}//${target.host}${target.path}`;
    case 'prefix':
      return target.host + target.path;
    case 'host':
      return target.host;
    case 'tag':
      return target.tag;
    case 'everything':
      return '';
  }
}

function outcomeOf(answer: Answered, { clock }: VendorDeps): SendOutcome {
  const { success, result, errors } = fieldsOf(answer.body);
  if (answer.status === 200 && success === true)
    return { kind: 'accepted', id: toText(fieldsOf(result).id), done: true };
  const said = listOf(errors).map(wordsOf).join('; ');
  if (answer.status !== 200 || success !== false) return outcomeOfFailure(answer, said, clock);
  // Refused with a status of success: trying again says the same.
  return {
    kind: 'refused',
    concerns: 'call',
    code: 'CDN_REFUSED',
    message: `It refused: ${said}`.slice(0, 300),
  };
}
