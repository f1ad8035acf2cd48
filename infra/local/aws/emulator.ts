/**
 * S3 and SQS themselves: fauxqs inside this process, without a port of its own.
 *
 * fauxqs's own start listens on every network interface and asks nobody for a signature, so only its request handler is
 * used here; the stores that give it memory are not exported and come from the pinned version's files.
 *
 * Errors  StartError when its state cannot be opened. An object above 11 MiB must be uploaded in parts; CRC32 and
 *         SHA-1 of a body are kept and given back, not verified
 * Cost    objects and messages survive a restart; a message in flight comes back when its visibility timeout ends
 */

import { buildApp } from 'fauxqs';
import { systemClock } from '../../../shared/primitives/clock.ts';
import type { Answer, WireReply, WireRequest } from '../loopback.ts';
import { type EmulatorOptions, openStores } from './emulator-stores.ts';
import { withDigests } from './s3-digests.ts';
import { withPartLists } from './s3-parts.ts';
import { createSqsActions } from './sqs/actions.ts';

export interface Emulator {
  readonly answer: Answer;
  close(): Promise<void>;
}

export function createEmulator(options: EmulatorOptions): Emulator {
  const memory = openStores(options);
  const app = buildApp({ logger: false, defaultRegion: options.region, stores: memory.stores });
  const sqs = createSqsActions(memory.stores.sqsStore, systemClock);
  const s3 = withDigests(withPartLists(request => inject(app, request), memory.stores.s3Store));
  return {
    answer: async request => sqs.answer(request) ?? s3(request),
    async close() {
      sqs.close();
      await app.close();
      memory.close();
    },
  };
}

async function inject(
  app: ReturnType<typeof buildApp>,
  { method, url, headers, body }: WireRequest,
): Promise<WireReply> {
  // The whole body is here: how it was framed on the wire no longer holds.
  const { 'transfer-encoding': _framing, 'content-length': _length, ...kept } = headers;
  const flat = Object.fromEntries(Object.entries(kept).map(([name, values]) => [name, values.join(', ')]));
  const hasBody = body.byteLength > 0 || method === 'PUT' || method === 'POST';
  const response = await app.inject({
    method: method as 'GET',
    url,
    headers: flat,
    ...(hasBody && { payload: Buffer.from(body) }),
  });
  return { status: response.statusCode, headers: replyHeaders(response.headers), body: response.rawPayload };
}

function replyHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name]) => name !== 'connection' && name !== 'keep-alive');
  return Object.fromEntries(
    kept.map(([name, value]) => [name, Array.isArray(value) ? value : String(value)]),
  );
}
