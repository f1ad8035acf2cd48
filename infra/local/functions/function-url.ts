/**
 * A Function URL on this machine: checks the signature, makes the event of an HTTP request, and sends on what the handler
 * streams: a JSON prelude with status and fields, eight zero bytes, the body.
 *
 * Errors  403 for a request that is not signed for `lambda`; 502 for a handler that fails or writes no prelude
 * Cost    the response is read whole before it is sent on; Lambda would send it as it comes
 * Source  Lambda Developer Guide, "Invoking Lambda function URLs"; "Response streaming"
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { type AwsCredentials, verifySignature } from '../aws/signature.ts';
import { type LoopbackServer, serveLoopback, type WireReply, type WireRequest } from '../loopback.ts';
import type { Lambda } from './lambda.ts';

export interface FunctionUrlOptions {
  readonly target: Pick<Lambda, 'invoke'>;
  readonly credentials: AwsCredentials;
  readonly clock: Clock;
}

const DELIMITER = Buffer.alloc(8);

export function serveFunctionUrl({
  target,
  credentials,
  clock,
}: FunctionUrlOptions): Promise<LoopbackServer> {
  return serveLoopback(async request => {
    const now = clock();
    const checked = verifySignature(request, { credentials, now });
    if (checked.verdict === 'refused' || checked.service !== 'lambda') return message(403, 'Forbidden');
    const { ok, streamed } = await target.invoke(JSON.stringify(formatUrlEvent(request, now)));
    return (ok && streamed && readStreamed(Buffer.from(streamed))) || message(502, 'Internal Server Error');
  });
}

export function formatUrlEvent({ method, url, headers, body }: WireRequest, now: number) {
  const at = url.indexOf('?');
  const [path, query] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  const joined = Object.entries(headers).map(([name, values]) => [name, values.join(',')]);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodePath(path),
    rawQueryString: query,
    headers: Object.fromEntries(joined),
    requestContext: {
      http: { method, path: decodePath(path), protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
      requestId: randomUUID(),
      timeEpoch: now,
    },
    ...(body.byteLength > 0 && { body: Buffer.from(body).toString('base64') }),
    isBase64Encoded: body.byteLength > 0,
  };
}

/** AWS decodes what it calls raw. */
function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function readStreamed(bytes: Buffer): WireReply | undefined {
  const at = bytes.indexOf(DELIMITER);
  if (at < 0) return undefined;
  const { statusCode, headers } = JSON.parse(bytes.subarray(0, at).toString());
  return { status: statusCode, headers, body: bytes.subarray(at + DELIMITER.byteLength) };
}

function message(status: number, Message: string): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ Message }) };
}
