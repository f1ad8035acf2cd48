/**
 * A response whose body goes out byte for byte: it already has the coding that its fields name.
 *
 * Source  developers.cloudflare.com/workers/runtime-apis/response (encodeBody)
 */

import type { Fields } from '../../shared/http/fields.ts';
import type { PlatformResponseInit } from '../platform.ts';

export type ResponseBody = ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer> | null;

export function headersOf(fields: Fields): Headers {
  const headers = new Headers();
  for (const [name, value] of fields) headers.append(name, value);
  return headers;
}

export function encodedResponse(status: number, fields: Fields | Headers, body: ResponseBody): Response {
  const headers = fields instanceof Headers ? fields : headersOf(fields);
  const init: PlatformResponseInit = { status, headers, encodeBody: 'manual' };
  return new Response(body, init);
}
