/**
 * A route of the configuration as the edge uses it: its pattern compiled, its durations in numbers, its profile applied.
 *
 * Shape   path -> the first Route that matches, with the text of its named segments
 * Units   seconds in the cache policy (HTTP's unit), otherwise ms
 */

import { isCacheTag } from '../http/cache-tags.ts';
import { type Fields, fieldsOf } from '../http/fields.ts';
import { type CachePolicy, PROFILES } from '../http/policy.ts';
import type { SecurityHeaders } from '../http/security-headers.ts';
import { type Duration, parseDurationMs } from '../primitives/duration.ts';
import { rememberByText } from '../primitives/remember.ts';
import type { RouteConfig } from './config.ts';
import { createRequestKey, type RequestKey } from './key-schema.ts';
import type { Settings } from './settings.ts';

export interface Route {
  /** Its patterns, for people: '/products/:id'. */
  readonly rule: string;
  readonly policy: CachePolicy;
  /** Absent: the origin of the request's host. */
  readonly origin: string | undefined;
  readonly timeoutMs: number | undefined;
  readonly compress: boolean;
  readonly key: RequestKey;
  readonly cors: boolean;
  /** Lower-case names forwarded without being part of the key. */
  readonly forwardHeaders: readonly string[];
  /** For the client, where the origin does not send them itself. */
  readonly responseHeaders: Fields;
  readonly security: SecurityHeaders | undefined;
  /** Of an application that answers here and is asked once: see `RequestHeaderNames`. @default false */
  readonly sendQuiet?: boolean;
  /** In lower case: by which a CDN in front is told the tags. Absent: it is not. */
  readonly tagHeader: string | undefined;
  tags(path: string): readonly string[];
}

interface CompiledRoute extends Route {
  readonly patterns: readonly RegExp[];
}

export interface Routes {
  /** What each is called, in their order; last the one for all other paths. */
  readonly rules: readonly string[];
  select(path: string): Route;
}

export interface RouteSettings extends Pick<Settings, 'profile' | 'forwardHeaders'> {
  readonly compress: boolean;
  readonly tracking: 'keep' | 'drop';
  readonly tagHeader?: string | undefined;
}

export function createRoutes(configs: readonly RouteConfig[], settings: RouteSettings): Routes {
  const routes = configs.map(config => compileRoute(config, settings));
  const otherwise = compileRoute({ match: '/*' }, settings);
  return {
    rules: [...routes, otherwise].map(({ rule }) => rule),
    // Patterns are tried one after the other: a busy path should not pay for that each time.
    select: rememberByText(
      path => routes.find(route => route.patterns.some(pattern => pattern.test(path))) ?? otherwise,
    ),
  };
}

function compileRoute(config: RouteConfig, settings: RouteSettings): CompiledRoute {
  const patterns = [config.match].flat().map(compilePattern);
  const { profile = settings.profile, cors = false, headers } = config;
  return {
    patterns,
    rule: [config.match].flat().join(', '),
    policy: policyOf(config, profile),
    origin: config.origin,
    timeoutMs: config.timeout && parseDurationMs(config.timeout),
    compress: config.compress ?? settings.compress,
    key: createRequestKey(config.key ?? {}, { profile, tracking: settings.tracking, cors }),
    cors,
    forwardHeaders: [...settings.forwardHeaders, ...(headers?.forward ?? []).map(name => name.toLowerCase())],
    responseHeaders: fieldsOf(Object.entries(headers?.response ?? {})),
    security: headers?.security === true ? {} : headers?.security || undefined,
    tagHeader: settings.tagHeader?.toLowerCase(),
    tags: path => fillTags(config.tags ?? [], patterns, path),
  };
}

function policyOf(config: RouteConfig, profile: Settings['profile']): CachePolicy {
  const base = PROFILES[profile];
  return {
    ...base,
    ...(config.ttl && { ttlSeconds: secondsOf(config.ttl) }),
    ...(config.errorTtl && { errorTtlSeconds: mapValues(config.errorTtl, secondsOf) }),
    ...(config.swr && { staleWhileRevalidateSeconds: secondsOf(config.swr) }),
    ...(config.sie && { staleIfErrorSeconds: secondsOf(config.sie) }),
  };
}

function mapValues<From, To>(record: Record<string, From>, map: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function secondsOf(duration: Duration): number {
  return (parseDurationMs(duration) ?? 0) / 1000;
}

/** `:name` is one segment, `*` is anything; every other character is itself. */
function compilePattern(pattern: string): RegExp {
  const [first = '', ...others] = pattern.split('*');
  const rest = others.map((text, at) => afterAnything(text, at, at === others.length - 1));
  return new RegExp(`^${compileText(first)}${rest.join('')}$`);
}

/**
 * What stands behind a `*` is found where it comes first, and not looked for again: a client's long path must not make the
 * search begin anew at every character. Before a named segment, or at the end, it cannot be cut so short.
 */
function afterAnything(text: string, at: number, isLast: boolean): string {
  const source = compileText(text);
  return isLast || text.includes(':') ? `.*${source}` : `(?=(?<$${at}>.*?${source}))\\k<$${at}>`;
}

function compileText(text: string): string {
  return text
    .split(/(:[A-Za-z_]\w*)/)
    .map(part =>
      part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'),
    )
    .join('');
}

function fillTags(tags: readonly string[], patterns: readonly RegExp[], path: string): readonly string[] {
  if (tags.length === 0) return tags;
  const named = patterns.map(pattern => pattern.exec(path)?.groups).find(Boolean) ?? {};
  return (
    tags
      .map(tag => tag.replace(/:([A-Za-z_]\w*)/g, (whole, name: string) => named[name] ?? whole))
      // A path's text may hold what a tag may not.
      .filter(tag => tag !== '' && isCacheTag(tag))
  );
}
