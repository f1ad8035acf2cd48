/**
 * A Function URL's two sides: its event as a question, and an answer as the stream that Lambda sends on.
 *
 * The answer ends before what is to be done after it begins: the client has his picture while it is stored.
 *
 * Source  Lambda Developer Guide, "Request and response payloads" (format 2.0), "Response streaming"
 */
import type { Writable } from 'node:stream';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import type { ImageQuestion } from './answer.ts';
import type { Answer } from './words.ts';

/** What the runtime gives to functions that stream. */
export interface Streaming {
  from(
    stream: Writable,
    prelude: { readonly statusCode: number; readonly headers: Readonly<Record<string, string>> },
  ): Writable;
}

/** The path as it was written: AWS decodes what it calls raw, and then a name may be read two ways. */
const PATH_FIELD = 'x-headrace-image';
const LOOKED_FIELD = 'x-headrace-variant';

export function readEvent({
  rawPath,
  rawQueryString,
  headers,
  requestContext,
}: LambdaFunctionURLEvent): ImageQuestion {
  return {
    method: requestContext.http.method,
    pathname: headers[PATH_FIELD] ?? rawPath,
    search: rawQueryString === '' ? '' : `?${rawQueryString}`,
    accept: headers.accept,
    ifNoneMatch: headers['if-none-match'],
    looked: headers[LOOKED_FIELD] === 'missing',
  };
}

export async function writeAnswer(
  stream: Writable,
  answer: Answer,
  http: Streaming & { readonly method: string },
): Promise<void> {
  const { status, fields, body } = answer;
  const out = http.from(stream, { statusCode: status, headers: Object.fromEntries(fields) });
  // Without a write, be it of nothing, the status and the fields would not go out.
  out.write(http.method === 'HEAD' ? '' : body);
  out.end();
  await answer.after?.();
}
