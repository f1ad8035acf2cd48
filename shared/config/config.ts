/**
 * What headrace.config.ts may say: the types that help while typing and the check that names the path of a wrong field.
 *
 * Shape   ConfigInput (what a person writes) -> Config | the wrong field's path and a sentence
 * Units   durations as text with a unit ('30s'); sizes in bytes
 * Errors  none thrown
 */

import * as z from 'zod/mini';
import { cdnSettingsSchema } from '../cdn/settings-schema.ts';
import { imageSettingsSchema } from '../images/settings-schema.ts';
import { lazy } from '../primitives/lazy.ts';
import { bytes, duration, fieldName, originUrl, path, pattern, tag, timeout } from './fields.ts';
import { headersSchema } from './headers-schema.ts';
import { keySchema } from './key-schema.ts';
import { metricsSchema } from './metrics-schema.ts';
import { scalingSchema } from './scaling-schema.ts';
import { PROFILE_NAMES } from './settings-schema.ts';
import { formatPath, wordIssue } from './wrong-field.ts';

const origin = lazy(() =>
  z.strictObject({
    /** Scheme, host and port. ORIGIN_URL replaces that of the origin named `default`. */
    url: originUrl(),
    /** How long it may take to begin an answer. @default ORIGIN_TIMEOUT_MS, else '10s' */
    timeout: z.optional(timeout()),
    /** Which Host it is asked for: its own, or the one the client named. @default 'origin' */
    host: z.optional(z.enum(['origin', 'client'])),
    /** Asked by the health check; any answer below 500 counts as reachable. @default '/' */
    healthPath: z.optional(path()),
  }),
);

const route = lazy(() =>
  z.strictObject({
    /** Path, where `:name` stands for one segment and `*` for anything. The first route that matches decides. */
    match: z.union(
      [pattern(), z.array(pattern()).check(z.minLength(1))],
      'must be a path that starts with /, or a list of them',
    ),
    /** @default the origin of the request's host, else 'default' */
    origin: z.optional(z.string()),
    /** @default HEADRACE_PROFILE */
    profile: z.optional(z.enum(PROFILE_NAMES)),
    /** Replaces the origin's freshness; never makes a private response storable. */
    ttl: z.optional(duration()),
    /** By status: how long an error is kept, in place of what the origin says of it; '0s' keeps none. */
    errorTtl: z.optional(
      z.record(z.string().check(z.regex(/^[45]\d\d$/, 'must be a status from 400 to 599')), duration()),
    ),
    /** Serve stale while one request refreshes, where the response itself says nothing. */
    swr: z.optional(duration()),
    /** Serve stale when the origin fails, where the response itself says nothing. */
    sie: z.optional(duration()),
    /** Added to the response's own tags; `:name` takes the segment's text. */
    tags: z.optional(z.array(tag()).check(z.maxLength(64))),
    /** What besides method, host, path and query tells responses apart. */
    key: z.optional(z.lazy(keySchema)),
    /** Answered by Origin: it is forwarded and part of the key, and preflights are kept for as long as they say. @default false */
    cors: z.optional(z.boolean()),
    headers: z.optional(z.lazy(headersSchema)),
    /** @default the origin's */
    timeout: z.optional(timeout()),
    /** Whether what is stored is compressed by what its clients take. @default compress of the whole */
    compress: z.optional(z.boolean()),
  }),
);

const levels = lazy(() =>
  z.strictObject({
    l1: z.exactOptional(
      z.strictObject({ maxBytes: z.exactOptional(bytes()), maxEntries: z.exactOptional(bytes()) }),
    ),
    l2: z.exactOptional(
      z.strictObject({
        /** Starts every key, so that several projects can share one database. @default 'headrace' */
        keyPrefix: z.exactOptional(
          z.string().check(z.regex(/^[A-Za-z0-9:._-]{1,64}$/, 'must be 1 to 64 letters, digits or : . _ -')),
        ),
        /** All that Redis may add to one operation. */
        deadline: z.exactOptional(timeout()),
        /** How long a purge elsewhere may go unseen by an isolate; '0s' asks each time. */
        tagsTtl: z.exactOptional(duration()),
        /** Whether isolates ask the origin for one key in turns; costs two Redis commands before each miss. @default false */
        lease: z.exactOptional(z.boolean()),
        /** Larger responses stay in memory: they would not be in Redis within the deadline. */
        maxValueBytes: z.exactOptional(bytes()),
      }),
    ),
  }),
);

const limits = lazy(() =>
  z.strictObject({
    /** Larger responses are streamed, never stored. */
    maxBodyBytes: z.exactOptional(bytes()),
    /** Requests and responses with more header bytes are refused, or not stored. */
    maxHeaderBytes: z.exactOptional(bytes()),
  }),
);

/** Otherwise a client could choose, by its Host, whom the edge asks. */
const HOSTS_NEEDED = "must not be 'client' unless hosts names the hosts that are served";

const CONFIG = lazy(() =>
  z
    .strictObject({
      origins: z._default(
        z.record(
          z.string().check(z.regex(/^[A-Za-z0-9_-]+$/, 'must be letters, digits, _ or -')),
          z.lazy(origin),
        ),
        {},
      ),
      /** Host -> origin's name. Empty: any host, origin `default`. Else other hosts are refused with 421. */
      hosts: z._default(
        z.record(z.string().check(z.regex(/^[a-z0-9.:[\]-]+$/, 'must be a host in lower case')), z.string()),
        {},
      ),
      routes: z._default(z.array(z.lazy(route)), []),
      levels: z._default(z.lazy(levels), {}),
      limits: z._default(z.lazy(limits), {}),
      /** What is counted and told of requests. */
      metrics: z._default(z.lazy(metricsSchema), {}),
      /** What the image function may make, and of what: see shared/images/settings.ts. */
      images: z._default(z.lazy(imageSettingsSchema), {}),
      /** What is scaled besides, by name: an ECS service or a Lambda alias of yours, and by which rules. */
      scaling: z._default(z.lazy(scalingSchema), {}),
      /** The CDNs that stand before or beside the edge, by name: see shared/cdn/settings-schema.ts. */
      cdns: z._default(z.lazy(cdnSettingsSchema), {}),
      /** By which a CDN in front is told the tags of a response: it has to take the field off. @default it is not told */
      tagHeader: z.optional(fieldName()),
      /** Whether what advertisers add to links is part of keys and forwarded. @default the preset's */
      tracking: z.optional(z.enum(['keep', 'drop'])),
      /** Whether responses tell in Server-Timing what the cache and the origin took. @default the preset's */
      serverTiming: z.optional(z.boolean()),
      /** Whether what is stored is compressed by what its clients take; the origin's own codings are kept as they are. */
      compress: z.optional(z.boolean()),
    })
    .check(z.superRefine(checkOrigins)),
);

interface Named {
  readonly origins: Readonly<Record<string, { readonly host?: 'origin' | 'client' | undefined }>>;
  readonly hosts: Readonly<Record<string, string>>;
  readonly routes: readonly { readonly origin?: string | undefined }[];
}

function checkOrigins(config: Named, context: z.core.$RefinementCtx): void {
  const known = new Set(['default', 'assets', ...Object.keys(config.origins)]);
  const check = (name: string | undefined, path: (string | number)[]) => {
    if (name !== undefined && !known.has(name)) {
      context.addIssue({
        code: 'custom',
        path,
        message: `names the origin '${name}', which is not in origins`,
      });
    }
  };
  const anyHost = Object.keys(config.hosts).length === 0;
  for (const [name, { host }] of Object.entries(config.origins)) {
    if (host !== 'client' || !anyHost) continue;
    context.addIssue({ code: 'custom', path: ['origins', name, 'host'], message: HOSTS_NEEDED });
  }
  for (const [host, name] of Object.entries(config.hosts)) check(name, ['hosts', host]);
  for (const [index, entry] of config.routes.entries()) check(entry.origin, ['routes', index, 'origin']);
}

export type ConfigInput = z.input<ReturnType<typeof CONFIG>>;
export type Config = z.output<ReturnType<typeof CONFIG>>;
export type RouteConfig = z.output<ReturnType<typeof route>>;
export type OriginConfig = z.output<ReturnType<typeof origin>>;

/** Only types: it returns what it was given, so that an editor helps and checks. */
export function defineConfig(config: ConfigInput): ConfigInput {
  return config;
}

export type ParsedConfig =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly path: string; readonly sentence: string };

export function parseConfig(input: unknown): ParsedConfig {
  const parsed = CONFIG().safeParse(input, { error: wordIssue });
  if (parsed.success) return { ok: true, config: parsed.data };
  const issue = parsed.error.issues[0] as z.core.$ZodIssue;
  const where = formatPath(issue);
  return { ok: false, path: where, sentence: `headrace.config.ts: ${where} ${issue.message}.` };
}
