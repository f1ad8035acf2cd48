/**
 * Adds to the S3 emulator the conditional requests it lacks: a write only if the key is free or unchanged, and HEAD's 304.
 *
 * Shape   request, current ETag -> 'proceed' | 'failed' | 'missing' | 'not-modified'
 * Errors  412 PreconditionFailed; 404 NoSuchKey for If-Match on nothing; a HEAD has no body
 * Source  S3 User Guide, "Conditional requests"; RFC 9110 §13.1
 */

import type { Answer, WireReply, WireRequest } from '../loopback.ts';
import { s3Error } from './errors.ts';

export type Precondition = 'proceed' | 'failed' | 'missing' | 'not-modified';

const PRECONDITION_FAILED = {
  status: 412,
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
} as const;
const NO_SUCH_KEY = { status: 404, code: 'NoSuchKey', message: 'The specified key does not exist.' } as const;

export function withConditions(emulate: Answer): Answer {
  let lastWrite: Promise<unknown> = Promise.resolve();

  async function answerConditionally(request: WireRequest): Promise<WireReply> {
    const current = await emulate({
      ...request,
      method: 'HEAD',
      url: pathOf(request),
      headers: hostOf(request),
    });
    const etag = current.status === 200 ? String(current.headers?.etag) : null;
    switch (decidePrecondition(request, etag)) {
      case 'failed':
        return s3Error(PRECONDITION_FAILED, request);
      case 'missing':
        return s3Error(NO_SUCH_KEY, request);
      case 'not-modified':
        return { status: 304, headers: { etag: String(etag) } };
      case 'proceed':
        return emulate(request);
    }
  }

  return request => {
    if (!isWrite(request))
      return isConditionalHead(request) ? answerConditionally(request) : emulate(request);
    // One write after the other: nothing may be stored between a condition's check and its write.
    const write = lastWrite.then(() =>
      hasCondition(request) ? answerConditionally(request) : emulate(request),
    );
    lastWrite = write.catch(() => {});
    return write;
  };
}

export function decidePrecondition(request: WireRequest, etag: string | null): Precondition {
  const ifMatch = request.headers['if-match']?.[0];
  const ifNoneMatch = request.headers['if-none-match']?.[0];
  if (ifMatch !== undefined && etag === null) return 'missing';
  if (ifMatch !== undefined && !matches(ifMatch, etag)) return 'failed';
  if (ifNoneMatch === undefined || !matches(ifNoneMatch, etag)) return 'proceed';
  return request.method === 'HEAD' ? 'not-modified' : 'failed';
}

/** S3 takes an ETag with and without its quotes. */
function matches(condition: string, etag: string | null): boolean {
  if (etag === null) return false;
  return condition === '*' || condition.replaceAll('"', '') === etag.replaceAll('"', '');
}

function isWrite({ method }: WireRequest): boolean {
  return method === 'PUT' || method === 'POST' || method === 'DELETE';
}

function isConditionalHead(request: WireRequest): boolean {
  return request.method === 'HEAD' && hasCondition(request);
}

/** DELETE is left out: the emulator's buckets have no versions, and nothing here deletes on a condition. */
function hasCondition({ method, headers }: WireRequest): boolean {
  return method !== 'DELETE' && ('if-match' in headers || 'if-none-match' in headers);
}

function pathOf({ url }: WireRequest): string {
  return url.split('?')[0] ?? url;
}

function hostOf({ headers }: WireRequest): WireRequest['headers'] {
  return headers.host ? { host: headers.host } : {};
}
