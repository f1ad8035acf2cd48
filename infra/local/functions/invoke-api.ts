/**
 * The door for people and tests: Lambda's Invoke API, so that `aws lambda invoke` and every SDK reach the local functions.
 *
 * Errors  404 ResourceNotFoundException; 400 InvalidRequestContentException for a payload that is no JSON
 * Source  Lambda API Reference, Invoke (without log tails, versions and ARNs)
 */

import { jsonError } from '../aws/errors.ts';
import type { Answer, WireReply } from '../loopback.ts';
import type { InvocationResult } from './invocation.ts';

export interface InvokeApiOptions {
  readonly names: readonly string[];
  readonly invoke: (name: string, payload: string) => Promise<InvocationResult>;
}

const PATH = /^\/2015-03-31\/functions\/(?<name>[^/?]+)\/invocations$/;

export function createInvokeApi({ names, invoke }: InvokeApiOptions): Answer {
  return async ({ method, url, headers, body }) => {
    const name = PATH.exec(url)?.groups?.name;
    if (method !== 'POST' || name === undefined) return unknownOperation(method, url);
    if (!names.includes(name)) return unknownFunction(name);
    const payload = Buffer.from(body).toString() || '{}';
    if (!isJson(payload)) return notJson();
    return run(headers['x-amz-invocation-type']?.[0], () => invoke(name, payload));
  };
}

async function run(type: string | undefined, invoke: () => Promise<InvocationResult>): Promise<WireReply> {
  if (type === 'DryRun') return { status: 204 };
  if (type === 'Event') {
    // Nobody waits for the result; what went wrong is in the function's log.
    invoke().catch(() => {});
    return { status: 202 };
  }
  const { ok, payload } = await invoke();
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(ok ? {} : { 'x-amz-function-error': 'Unhandled' }),
    },
    body: payload,
  };
}

function unknownOperation(method: string, url: string): WireReply {
  const message = `The local Lambda only invokes; it has no ${method} ${url}.`;
  return jsonError({ status: 501, code: 'UnknownOperationException', message });
}

function unknownFunction(name: string): WireReply {
  return jsonError({
    status: 404,
    code: 'ResourceNotFoundException',
    message: `Function not found: ${name}`,
  });
}

function notJson(): WireReply {
  const message = 'The payload is not JSON.';
  return jsonError({ status: 400, code: 'InvalidRequestContentException', message });
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
