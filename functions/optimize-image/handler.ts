/**
 * The function optimize-image: pictures from a bucket, as they are asked for.
 *
 * Shape   a Function URL's event, with response streaming
 * Errors  without IMAGES_BUCKET and VARIANTS_BUCKET, or IMAGES_FOLDER, it does not start; nor with settings that are wrong
 */
import type { Writable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { createAnySource } from '../adapters/image-stores/any-source.ts';
import { createFolderSources } from '../adapters/image-stores/folder-sources.ts';
import { createMemoryVariants } from '../adapters/image-stores/memory-variants.ts';
import { createRemoteSources } from '../adapters/image-stores/remote-sources.ts';
import { createS3Sources } from '../adapters/image-stores/s3-sources.ts';
import { createS3Variants } from '../adapters/image-stores/s3-variants.ts';
import { createSharpEngine } from '../adapters/sharp/sharp-engine.ts';
import { createAnswer } from './answer.ts';
import { createFallback } from './fallback.ts';
import { readEvent, type Streaming, writeAnswer } from './function-url.ts';
import { createMakeVariant } from './make-variant.ts';
import { type ImageEnvironment, readEnvironment } from './read-environment.ts';
import { cacheControl } from './words.ts';

declare const awslambda: {
  readonly HttpResponseStream: Streaming;
  streamifyResponse(
    handle: (event: LambdaFunctionURLEvent, stream: Writable) => Promise<void>,
  ): typeof handle;
};

/** Of the fallback picture, in all the sizes that were asked for. */
const MAX_FALLBACK_BYTES = 4 * 1024 * 1024;

const { place, settings, signingKeys } = readEnvironment(process.env);
const { own, variants } = openPlace(place);
const { remoteHosts, fallbackKey, limits } = settings;
const remote = createRemoteSources({ hosts: remoteHosts, maxBytes: limits.maxSourceBytes });
const sources = createAnySource({ own, remote });
const { LD_LIBRARY_PATH = '' } = process.env;
const node = { path: process.execPath, environment: { LD_LIBRARY_PATH } };
const engine = createSharpEngine({ ...settings, node });
const make = createMakeVariant({ sources, engine, settings });

const kept = createMemoryVariants(MAX_FALLBACK_BYTES);
const fallback = createFallback({ make, kept, source: fallbackKey });

const answer = createAnswer({
  sources,
  variants,
  make,
  fallback,
  settings,
  signingKeys,
  clock,
  onError: error => console.error(error),
});

export const handler = awslambda.streamifyResponse(async (event, stream) => {
  const question = readEvent(event);
  const { from } = awslambda.HttpResponseStream;
  await writeAnswer(stream, await answer(question), { from, method: question.method });
});

function openPlace(place: ImageEnvironment['place']) {
  if (place.kind === 'folder')
    return { own: createFolderSources(place.folder), variants: createMemoryVariants() };
  const s3 = new S3Client({
    // An emulator's buckets are paths: names below its own would need a name server.
    forcePathStyle: Boolean(process.env.AWS_ENDPOINT_URL),
    // A store that does not answer is told of before the function's own time is over.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000 },
    maxAttempts: 2,
    // A damaged source does not decode, and TLS carries it: a second checksum of every byte finds nothing.
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const own = createS3Sources({ s3, bucket: place.sources });
  const onError = (error: unknown) => console.error(error);
  return {
    own,
    variants: createS3Variants({ s3, bucket: place.variants, cacheControl: cacheControl(settings), onError }),
  };
}
