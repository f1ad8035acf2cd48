/**
 * CloudFront: invalidates paths, wildcards and tags of a distribution, through its own client.
 *
 * Errors  as the port: the client must not try again by itself, or what it sends would not be counted
 * Cost    as the port; an item costs money beyond the first thousand of a month, and a call that is sent again under its
 *         reference costs nothing
 * Source  CloudFront API Reference, CreateInvalidation, GetInvalidation; Developer Guide, "Invalidating content by cache tags"
 */

import {
  type CloudFrontClient,
  CloudFrontServiceException,
  CreateInvalidationCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import type { CdnProvider, SendOutcome, Standing } from '../../../shared/cdn/provider.ts';
import { cloudFrontCapabilities } from '../../../shared/cdn/providers/limits.ts';
import type { Target } from '../../../shared/cdn/target.ts';
import { parseRetryAfterMs } from '../../../shared/http/retry-after.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';

export interface CloudFrontOptions {
  readonly name: string;
  readonly distributionId: string;
  /** Whether the distribution has a CacheTagConfig. @default false */
  readonly tags?: boolean | undefined;
}

export interface CloudFrontDeps {
  readonly client: Pick<CloudFrontClient, 'send'>;
  readonly clock: Clock;
}

const TIMEOUT_MS = 10_000;

export function createCloudFront(
  { name, distributionId, tags = false }: CloudFrontOptions,
  { client, clock }: CloudFrontDeps,
) {
  return {
    name,
    capabilities: cloudFrontCapabilities({ tags }),
    async send({ targets }, { reference, signal }) {
      const Items = targets.map(itemOf);
      const InvalidationBatch = { CallerReference: reference, Paths: { Quantity: Items.length, Items } };
      const command = new CreateInvalidationCommand({ DistributionId: distributionId, InvalidationBatch });
      try {
        const { Invalidation } = await client.send(command, bounded(signal));
        return { kind: 'accepted', id: Invalidation?.Id ?? '', done: Invalidation?.Status === 'Completed' };
      } catch (error) {
        signal.throwIfAborted();
        return outcomeOf(error, clock());
      }
    },
    async look(id, { signal }): Promise<Standing> {
      const command = new GetInvalidationCommand({ DistributionId: distributionId, Id: id });
      try {
        const { Invalidation } = await client.send(command, bounded(signal));
        return { kind: Invalidation?.Status === 'Completed' ? 'completed' : 'in-progress' };
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'unknown', message: messageOf(error) };
      }
    },
  } satisfies CdnProvider;
}

/** The client itself would wait for an answer for ever. */
function bounded(signal: AbortSignal): { readonly abortSignal: AbortSignal } {
  return { abortSignal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) };
}

function itemOf(target: Target): string {
  switch (target.kind) {
    case 'url':
      return target.path;
    case 'prefix':
      return `${target.path}*`;
    case 'tag':
      return `#${target.tag}`;
    default:
      return '/*';
  }
}

const THROTTLED = /^(Throttling|ThrottlingException|RequestLimitExceeded|TooManyRequestsException|SlowDown)$/;
const ABOUT_THE_CDN = /^(NoSuchDistribution|AccessDenied|AccessDeniedException)$/;

function outcomeOf(error: unknown, now: number): SendOutcome {
  const message = messageOf(error);
  if (!(error instanceof CloudFrontServiceException))
    return { kind: 'failed', code: 'CDN_UNREACHABLE', message };
  const { name, $metadata, $response } = error;
  const status = $metadata.httpStatusCode ?? 0;
  if (name === 'TooManyInvalidationsInProgress') return { kind: 'busy', message };
  if (status === 429 || THROTTLED.test(name)) {
    const retryAfterMs = parseRetryAfterMs($response?.headers['retry-after'] ?? null, now);
    return { kind: 'throttled', message, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  if (status >= 500 || status === 0) return { kind: 'failed', code: 'CDN_UNAVAILABLE', message };
  if (name === 'NoSuchDistribution') return refusedBy('CDN_UNKNOWN', message);
  if (status === 401 || status === 403 || ABOUT_THE_CDN.test(name))
    return refusedBy('CDN_ACCESS_DENIED', message);
  return { kind: 'refused', concerns: 'call', code: 'CDN_REFUSED', message };
}

function refusedBy(code: string, message: string): SendOutcome {
  return { kind: 'refused', concerns: 'cdn', code, message };
}

function messageOf(error: unknown): string {
  const { name, message } = Object(error) as { name?: unknown; message?: unknown };
  return `${name ?? 'Error'}: ${message ?? error}`.slice(0, 300);
}
