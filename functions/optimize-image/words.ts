/**
 * The answers of the image function: a picture, its absence of change, a refusal, and what is shown in place of a picture.
 *
 * Every answer forbids to be taken for anything else: no sniffing, no scripts, even when it is opened as a page.
 *
 * Source  RFC 9110 §15.4.5; RFC 9457; CSP 3 "sandbox"; Fetch "nosniff"
 */
import type { Fields } from '../../shared/http/fields.ts';
import { problem } from '../../shared/http/problem.ts';
import type { Picture } from '../../shared/images/engine.ts';
import type { ImageRequest } from '../../shared/images/options.ts';
import { problemOf, type Refusal, refusalStatus } from '../../shared/images/refusal.ts';
import { formatSource, isRemote } from '../../shared/images/request/source-key.ts';
import type { ResolvedRequest } from '../../shared/images/resolve/resolve.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';
import type { Variant } from '../../shared/images/stores.ts';

export interface Answer {
  readonly status: number;
  readonly fields: Fields;
  readonly body: Uint8Array | string;
  /** To be done when the answer has gone out. */
  readonly after?: () => Promise<void>;
}

/** The operator's picture for what cannot be shown; undefined when there is none. */
export type Fallback = (request: ImageRequest) => Promise<Picture | undefined>;

interface Told {
  readonly etag: string;
  readonly tag: string;
  readonly settings: ImageSettings;
}

interface Shown extends Told {
  readonly variant: Variant;
  readonly after: Answer['after'];
  /** The caller looks for stored variants himself, and finds this one there from now on. */
  readonly looked: boolean;
}

const SAFETY: Fields = [
  ['x-content-type-options', 'nosniff'],
  ['content-security-policy', "default-src 'none'; sandbox"],
];

export function answerPicture(request: ResolvedRequest, { variant, after, looked, ...told }: Shown): Answer {
  const { contentType, bytes } = variant;
  const caching = looked ? briefFields(told) : cachingFields(request, told);
  const fields: Fields = [['content-type', contentType], ...caching, ...SAFETY];
  return { status: 200, fields, body: bytes, ...(after && { after }) };
}

export function answerNotModified(request: ResolvedRequest, told: Told): Answer {
  return { status: 304, fields: [...cachingFields(request, told), ...SAFETY], body: '' };
}

interface RefusedOptions {
  readonly settings: ImageSettings;
  /** What was asked for, where so much could be read. */
  readonly request?: ImageRequest;
  readonly fallback?: Fallback;
}

export async function answerRefusal(
  refusal: Refusal,
  { settings, request, fallback }: RefusedOptions,
): Promise<Answer> {
  const instead = request && (await insteadOf(refusal, { settings, request, ...(fallback && { fallback }) }));
  if (instead) return instead;
  const { status, fields, body } = problem(problemOf(refusal));
  return { status, fields: [...fields, ...SAFETY], body };
}

const NO_ORIGINAL: ReadonlySet<Refusal['code']> = new Set(['IMAGE_SOURCE_MISSING', 'IMAGE_SOURCE_REFUSED']);

type Replaceable = RefusedOptions & { readonly request: ImageRequest };

/**
 * A source that is not there has no original to go to, and to one that is not allowed nobody is sent. The status of a fallback
 * stays that of the error, for those who count.
 */
async function insteadOf(refusal: Refusal, options: Replaceable): Promise<Answer | undefined> {
  const { request, settings, fallback } = options;
  const briefly: Fields = [['cache-control', `public, max-age=${settings.errorMaxAgeSeconds}`], ...SAFETY];
  if (request.options.onerror === 'redirect' && !NO_ORIGINAL.has(refusal.code)) {
    const location = originalOf(request.source, settings);
    return location === undefined
      ? undefined
      : { status: 302, fields: [['location', location], ...briefly], body: '' };
  }
  if (request.options.onerror !== 'fallback') return undefined;
  const shown = await fallback?.(request);
  if (shown === undefined) return undefined;
  return {
    status: refusalStatus(refusal),
    fields: [['content-type', shown.contentType], ...briefly],
    body: shown.bytes,
  };
}

function originalOf(source: string, { originalsUrl }: ImageSettings): string | undefined {
  if (isRemote(source)) return source;
  return originalsUrl === null ? undefined : `${originalsUrl.replace(/\/$/, '')}/${formatSource(source)}`;
}

function cachingFields({ negotiated }: ResolvedRequest, { etag, tag, settings }: Told): Fields {
  return [
    ['etag', etag],
    ['cache-control', cacheControl(settings)],
    ['cache-tag', tag],
    ...(negotiated ? ([['vary', 'Accept']] as const) : []),
  ];
}

/** As S3 names the metadata of what it has: CloudFront reads tags from one field only. */
const TAG_OF_STORED = 'x-amz-meta-cache-tag';
/** A source may change while its picture is made, and be told of before the picture is there to be forgotten. */
const SHARED_FOR_SECONDS = 60;

/** For a cache that asks the store next, where the same picture lies with all that is to be said of it. */
function briefFields({ etag, tag, settings: { maxAgeSeconds } }: Told): Fields {
  const life = `public, max-age=${maxAgeSeconds}, s-maxage=${Math.min(SHARED_FOR_SECONDS, maxAgeSeconds)}`;
  return [
    ['etag', etag],
    ['cache-control', life],
    [TAG_OF_STORED, tag],
  ];
}

/** Until a purge by tag, or for so long; what is stale is better than a wait. */
export function cacheControl({ maxAgeSeconds }: Pick<ImageSettings, 'maxAgeSeconds'>): string {
  return `public, max-age=${maxAgeSeconds}, stale-while-revalidate=${maxAgeSeconds}`;
}
