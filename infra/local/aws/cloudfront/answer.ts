/**
 * CloudFront's API as far as invalidations go: creates one and tells how it stands, and refuses what the real one would.
 *
 * Errors  the vendor's codes, as XML
 * Source  CloudFront API Reference, CreateInvalidation, GetInvalidation
 */

import type { Answer, WireReply, WireRequest } from '../../loopback.ts';
import { CloudFrontRefused, type Invalidations } from './invalidations.ts';
import { cloudFrontError, invalidationReply, parseBatch } from './xml.ts';

const PATH = /^\/2020-05-31\/distribution\/(?<distribution>[A-Z0-9]+)\/invalidation(?:\/(?<id>[A-Z0-9]+))?$/;

export function createCloudFrontAnswer(invalidations: Invalidations): Answer {
  return async request => {
    const { distribution, id } = PATH.exec(request.url)?.groups ?? {};
    if (!distribution)
      return cloudFrontError({ status: 404, code: 'NoSuchResource', message: 'There is no such path.' });
    try {
      return reply(request, { distribution, id, invalidations });
    } catch (error) {
      if (error instanceof CloudFrontRefused) return cloudFrontError(error);
      throw error;
    }
  };
}

interface Asked {
  readonly distribution: string;
  readonly id: string | undefined;
  readonly invalidations: Invalidations;
}

function reply({ method, body }: WireRequest, { distribution, id, invalidations }: Asked): WireReply {
  if (method === 'POST' && id === undefined) {
    const { invalidation } = invalidations.create(distribution, parseBatch(Buffer.from(body).toString()));
    return invalidationReply(201, invalidation, invalidations.isCompleted(invalidation));
  }
  if (method !== 'GET' || id === undefined)
    throw new CloudFrontRefused('InvalidArgument', `${method} is not done here.`);
  const invalidation = invalidations.get(distribution, id);
  return invalidationReply(200, invalidation, invalidations.isCompleted(invalidation));
}
