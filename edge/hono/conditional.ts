/**
 * Answers If-None-Match and If-Modified-Since: by the handlers' own validators, else by a tag made of the body.
 *
 * Shape   200 with the body that the client has -> 304
 * Cost    without a validator the body is read to its end and hashed; an event stream is left alone
 * Source  RFC 9110 §8.8.3, §13.1.2, §13.1.3, §15.4.5
 */

import type { MiddlewareHandler } from 'hono';
import { evaluateConditions, hasValidator, notModifiedFields } from '../../shared/http/conditional.ts';
import { type Fields, fieldsOf } from '../../shared/http/fields.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { digestBytes, hexOf } from '../../shared/primitives/hash.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { respond, takeResponse } from './respond.ts';

export function conditional(): MiddlewareHandler {
  return async function conditional(c, next) {
    const request = fieldsOf(c.req.raw.headers);
    const { method } = c.req;
    await next();
    if ((method !== 'GET' && method !== 'HEAD') || !c.res.ok) return;
    const response = await withValidator(takeResponse(c));
    const fields = fieldsOf(response.headers);
    const selected = { status: response.status, fields, receivedAt: clock() };
    if (evaluateConditions(method, request, selected) === 'send') return respond(c, response);
    await response.body?.cancel();
    respond(c, encodedResponse(304, notModifiedFields(fields), null));
  };
}

async function withValidator(response: Response): Promise<Response> {
  const fields: Fields = fieldsOf(response.headers);
  if (hasValidator(fields) || response.status !== 200 || isEndless(response)) return response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  response.headers.set('etag', `"${hexOf((await digestBytes(bytes)).subarray(0, 16))}"`);
  return new Response(bytes, response);
}

function isEndless({ headers, body }: Response): boolean {
  return !body || /^text\/event-stream\b/i.test(headers.get('content-type') ?? '');
}
