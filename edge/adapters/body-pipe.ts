/**
 * A pipe for a body that is to be looked at on its way; the platform sends Content-Length for one of a declared length.
 *
 * Source  developers.cloudflare.com/workers/runtime-apis/streams/transformstream (FixedLengthStream)
 */

import type { CreateBodyPipe } from '../platform.ts';

export const createBodyPipe: CreateBodyPipe = declaredBytes =>
  declaredBytes === undefined ? new IdentityTransformStream() : new FixedLengthStream(declaredBytes);
