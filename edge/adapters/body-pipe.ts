/**
 * A pipe for a body that is to be looked at on its way: what is written comes out, with the Content-Length it is told.
 *
 * A body of a declared length that turns out longer or shorter fails on the reading side, as it should.
 *
 * Source  developers.cloudflare.com/workers/runtime-apis/streams/transformstream (FixedLengthStream)
 */

export interface BodyPipe {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

export type CreateBodyPipe = (declaredBytes: number | undefined) => BodyPipe;

export const createBodyPipe: CreateBodyPipe = declaredBytes =>
  declaredBytes === undefined ? new IdentityTransformStream() : new FixedLengthStream(declaredBytes);
