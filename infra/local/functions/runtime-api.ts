/**
 * The Lambda Runtime API for one process: the runtime asks for the next invocation and hands in how the last one ended.
 *
 * Errors  404 for what the API does not have
 * Source  Lambda Developer Guide, "Using the Lambda runtime API" (2018-06-01)
 */

import { type Answer, type LoopbackServer, serveLoopback, type WireReply } from '../loopback.ts';
import { failed, type Invocation, type InvocationResult, streamed, succeeded } from './invocation.ts';

export interface HandedOut extends Invocation {
  /** Epoch ms. */
  readonly deadlineAt: number;
  readonly functionArn: string;
}

export interface RuntimeApiListener {
  /** The runtime is ready; resolve when there is something to do. */
  next(): Promise<HandedOut>;
  finished(requestId: string, result: InvocationResult): void;
  /** The module could not be loaded; the runtime ends its process after this. */
  initFailed(result: InvocationResult): void;
}

const ROUTE =
  /^\/2018-06-01\/runtime\/(?:(?<init>init\/error)|invocation\/(?:(?<next>next)|(?<id>[^/]+)\/(?<end>response|error)))$/;
/** What Lambda lets a function stream. */
const MAX_RESPONSE_BYTES = 200 * 1024 * 1024;
const ACCEPTED: WireReply = { status: 202, body: '{"status":"OK"}' };

export function serveRuntimeApi(listener: RuntimeApiListener): Promise<LoopbackServer> {
  return serveLoopback(answerRuntime(listener), { maxBodyBytes: MAX_RESPONSE_BYTES });
}

const RESPONSE_MODE = 'lambda-runtime-function-response-mode';

function answerRuntime(listener: RuntimeApiListener): Answer {
  return async ({ url, headers, body }) => {
    const { init, next, id, end } = ROUTE.exec(url)?.groups ?? {};
    const text = Buffer.from(body).toString();
    if (next) return handOut(listener);
    if (init) listener.initFailed(failed(text));
    else if (id && headers[RESPONSE_MODE]?.[0] === 'streaming')
      listener.finished(decodeURIComponent(id), streamed(body));
    else if (id) listener.finished(decodeURIComponent(id), end === 'error' ? failed(text) : succeeded(text));
    else return { status: 404 };
    return ACCEPTED;
  };
}

async function handOut(listener: RuntimeApiListener): Promise<WireReply> {
  const { requestId, payload, deadlineAt, functionArn } = await listener.next();
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(deadlineAt),
      'lambda-runtime-invoked-function-arn': functionArn,
    },
    body: payload,
  };
}
