/**
 * How the local AWS says no: the vendor's own codes, as XML where S3 is spoken and as JSON elsewhere, so an SDK raises
 * the error it would raise in the cloud.
 *
 * Source  S3 API Reference, "Error responses"; SQS API Reference, "Common Errors"
 */

import type { WireReply, WireRequest } from '../loopback.ts';
import { cloudFrontError } from './cloudfront/xml.ts';
import type { Refusal } from './signature.ts';

export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const OTHER_SECRET =
  'The request signature we calculated does not match the signature you provided. Check the secret key and how the request was signed.';

const S3_REFUSALS: Readonly<Record<Refusal, AwsError>> = {
  missing: { status: 403, code: 'AccessDenied', message: 'The request is not signed.' },
  malformed: { status: 400, code: 'AuthorizationHeaderMalformed', message: 'The signature cannot be read.' },
  'unknown-key': { status: 403, code: 'InvalidAccessKeyId', message: 'Nobody here has this access key id.' },
  skewed: {
    status: 403,
    code: 'RequestTimeTooSkewed',
    message: 'The clocks differ by more than 15 minutes.',
  },
  expired: { status: 403, code: 'AccessDenied', message: 'Request has expired' },
  'unsigned-header': { status: 403, code: 'AccessDenied', message: 'A header was sent that is not signed.' },
  mismatch: { status: 403, code: 'SignatureDoesNotMatch', message: OTHER_SECRET },
  'body-mismatch': {
    status: 400,
    code: 'XAmzContentSHA256Mismatch',
    message: 'The body is not the one whose hash was signed.',
  },
};

const JSON_CODES: Readonly<Partial<Record<Refusal, string>>> = {
  missing: 'MissingAuthenticationTokenException',
  malformed: 'IncompleteSignatureException',
  'unknown-key': 'UnrecognizedClientException',
};

export function refusal(reason: Refusal, service: string | null, request: WireRequest): WireReply {
  const known = S3_REFUSALS[reason];
  if (service === 'cloudfront') return cloudFrontError(known);
  const speaksJson = service === null ? looksLikeJson(request) : service !== 's3';
  return speaksJson
    ? jsonError({ ...known, code: JSON_CODES[reason] ?? 'InvalidSignatureException' })
    : s3Error(known, request);
}

export function unservedService(service: string): WireReply {
  return jsonError({
    status: 501,
    code: 'UnknownOperationException',
    message: `The local AWS has no service ${service}.`,
  });
}

export function s3Error(
  { status, code, message }: AwsError,
  { method }: Pick<WireRequest, 'method'>,
): WireReply {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  // An answer to HEAD has no body, as S3's own has none.
  return { status, headers: { 'content-type': 'application/xml' }, ...(method === 'HEAD' ? {} : { body }) };
}

export function jsonError({ status, code, message }: AwsError): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message, Message: message }),
  };
}

/** An unsigned request names no service; JSON services are told by how they are called. */
function looksLikeJson({ headers, url }: WireRequest): boolean {
  return 'x-amz-target' in headers || url.startsWith('/2015-03-31/');
}
