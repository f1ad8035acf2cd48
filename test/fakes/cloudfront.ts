/**
 * CloudFront as far as the template speaks to it: runs the function at each request, keeps answers under what the cache policy
 * names, runs the Lambda@Edge function where it has none, asks the group's first origin and on its failover statuses the
 * second, reads tags from the field of CacheTagConfig, and says what the response headers policy adds.
 *
 * Source  CloudFront Developer Guide, "Event structure", "Lambda@Edge event structure", "Use origin failover with Lambda@Edge
 *         functions" (the function is triggered again by "the same request"), "Understand cache policies"
 */

import { runInNewContext } from 'node:vm';
import type { CloudFrontRequest, CloudFrontRequestEvent, CloudFrontResultResponse } from 'aws-lambda';
import type { DrawnDelivery, DrawnDistribution, DrawnGroup } from './drawn-delivery.ts';

export interface FakeCloudFrontDeps extends DrawnDelivery {
  readonly nameVariant: (
    event: CloudFrontRequestEvent,
  ) => Promise<CloudFrontRequest | CloudFrontResultResponse>;
  /** By origin: asks it, signed as its access control says. */
  readonly origins: Readonly<
    Record<string, (path: string, headers: Record<string, string>) => Promise<Response>>
  >;
  /** Which "same request" the function is given before the second origin: nobody has written it down. */
  readonly again: 'as asked' | 'as sent';
  readonly clock: () => number;
}

export interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
  /** The origins that were asked. */
  readonly asked: readonly string[];
}

type Values = Readonly<Record<string, { readonly value: string }>>;

/** What the function makes of a request: another one, or an answer of its own. */
interface Tidied {
  readonly uri: string;
  readonly querystring: Values;
  readonly headers: Values;
}

interface Refused {
  readonly statusCode: number;
  readonly headers: Values;
  readonly body: { readonly data: string };
}

interface Entry extends Omit<Seen, 'asked'> {
  readonly until: number;
  readonly tags: readonly string[];
}

export function createFakeCloudFront(deps: FakeCloudFrontDeps) {
  const { distribution, cachePolicy, headersPolicy, origins, clock } = deps;
  const group = groupOf(distribution);
  const members = group.Members.Items.map(({ OriginId }) => OriginId);
  const { HeadersConfig, QueryStringsConfig } = cachePolicy.ParametersInCacheKeyAndForwardedToOrigin;
  const entries = new Map<string, Entry>();

  function tidy(url: URL, headers: Record<string, string>): Tidied | Refused {
    const values = (given: Iterable<[string, string]>) =>
      Object.fromEntries([...given].map(([name, value]) => [name, { value }]));
    const request = {
      method: 'GET',
      uri: url.pathname,
      querystring: values(url.searchParams),
      headers: values(Object.entries(headers)),
      cookies: {},
    };
    const code = `Date.now = () => ${clock()}; ${deps.tidyCode}; JSON.stringify(handler(JSON.parse(event)))`;
    return JSON.parse(String(runInNewContext(code, { event: JSON.stringify({ request }) })));
  }

  function originRequest({ uri, querystring, headers }: Tidied): CloudFrontRequest {
    const kept = Object.entries(querystring).filter(
      ([name]) =>
        QueryStringsConfig.QueryStringBehavior === 'all' || QueryStringsConfig.QueryStrings.includes(name),
    );
    const passed = HeadersConfig.Headers.flatMap((key): [string, [{ key: string; value: string }]][] => {
      const given = headers[key];
      return given ? [[key, [{ key, value: given.value }]]] : [];
    });
    return {
      clientIp: '203.0.113.178',
      method: 'GET',
      uri,
      querystring: kept.map(([name, { value }]) => `${name}=${value}`).join('&'),
      headers: Object.fromEntries([...passed, ['host', [{ key: 'Host', value: 'origin' }]]]),
    };
  }

  async function name(request: CloudFrontRequest) {
    const config = {
      distributionDomainName: 'd1.cloudfront.net',
      distributionId: 'E1',
      eventType: 'origin-request',
      requestId: 'r',
    } as const;
    const given = structuredClone(request);
    return deps.nameVariant({ Records: [{ cf: { config, request: given } }] });
  }

  async function ask(request: CloudFrontRequest): Promise<Omit<Seen, 'asked'> & { asked: string[] }> {
    const asked: string[] = [];
    let sending = request;
    for (const [at, origin] of members.entries()) {
      const named = await name(sending);
      if (!('uri' in named)) return { ...readResult(named), asked };
      if (deps.again === 'as sent') sending = named;
      asked.push(origin);
      const response = await origins[origin]?.(named.uri, flatten(named.headers));
      if (!response) throw new Error(`${origin} is no origin`);
      const body = new Uint8Array(await response.arrayBuffer());
      const isLast = at === members.length - 1;
      if (isLast || !group.FailoverCriteria.StatusCodes.Items.includes(response.status))
        return { status: response.status, headers: response.headers, body, asked };
    }
    throw new Error('The group has no origin');
  }

  function say(given: Headers): Headers {
    const headers = new Headers(given);
    const { RemoveHeadersConfig, CustomHeadersConfig, SecurityHeadersConfig } = headersPolicy;
    for (const { Header } of RemoveHeadersConfig.Items) headers.delete(Header);
    for (const { Header, Value } of CustomHeadersConfig.Items) headers.set(Header, Value);
    if (SecurityHeadersConfig.ContentTypeOptions) headers.set('x-content-type-options', 'nosniff');
    headers.set('content-security-policy', SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy);
    return headers;
  }

  return {
    async get(path: string, headers: Record<string, string> = {}): Promise<Seen> {
      const tidied = tidy(new URL(path, 'https://d1.cloudfront.net'), headers);
      if ('statusCode' in tidied) return { ...refusedBy(tidied), asked: [] };
      const request = originRequest(tidied);
      const key = JSON.stringify([request.uri, request.querystring, request.headers]);
      const known = entries.get(key);
      if (known && known.until > clock()) return { ...known, headers: say(known.headers), asked: [] };
      const { asked, ...answer } = await ask(request);
      const until = clock() + 1000 * lifeOf(answer.headers);
      const tags = answer.headers.get(distribution.CacheTagConfig.HeaderName)?.split(',') ?? [];
      if (answer.status === 200) entries.set(key, { ...answer, until, tags });
      return { ...answer, headers: say(answer.headers), asked };
    },
    invalidate(items: readonly string[]): void {
      for (const [key, { tags }] of entries)
        if (tags.some(tag => items.includes(`#${tag}`))) entries.delete(key);
    },
  };
}

function groupOf({ CacheBehaviors: [behavior], OriginGroups }: DrawnDistribution): DrawnGroup {
  const group = OriginGroups.Items.find(({ Id }) => Id === behavior?.TargetOriginId);
  if (!group) throw new Error('No group has the id that the behavior names');
  return group;
}

function lifeOf(headers: Headers): number {
  const control = headers.get('cache-control') ?? '';
  const [, shared] = /s-maxage=(\d+)/.exec(control) ?? [];
  const [, own] = /(?:^|[ ,])max-age=(\d+)/.exec(control) ?? [];
  return Number(shared ?? own ?? 0);
}

function flatten(headers: CloudFrontRequest['headers']): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'host');
  return Object.fromEntries(kept.map(([name, [first]]) => [name, first?.value ?? '']));
}

function readResult({ status, headers = {}, body = '' }: CloudFrontResultResponse) {
  return {
    status: Number(status),
    headers: new Headers(flatten(headers)),
    body: new TextEncoder().encode(body),
  };
}

function refusedBy({ statusCode, headers, body }: Refused) {
  const flat = Object.entries(headers).map(([name, { value }]): [string, string] => [name, value]);
  return { status: statusCode, headers: new Headers(flat), body: new TextEncoder().encode(body.data) };
}
