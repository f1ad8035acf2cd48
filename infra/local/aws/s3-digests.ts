/**
 * Adds to the S3 emulator what it lacks of integrity: a body that is not what its digest says is refused.
 *
 * Shape   request with Content-MD5 or x-amz-checksum-sha256 -> 400 BadDigest, or as the emulator answers
 * Errors  400 InvalidDigest for what is no digest. Bodies in signed chunks are not looked into
 * Source  S3 API Reference, PutObject and UploadPart: Content-MD5, x-amz-checksum-sha256
 */

import { createHash } from 'node:crypto';
import type { Answer, WireRequest } from '../loopback.ts';
import { s3Error } from './errors.ts';

const DIGESTS = [
  ['content-md5', 'md5', 16],
  ['x-amz-checksum-sha256', 'sha256', 32],
] as const;

const MESSAGES = {
  BadDigest: 'The Content-MD5 or checksum value that you specified did not match what the server received.',
  InvalidDigest: 'The Content-MD5 or checksum value that you specified is not valid.',
} as const;

export function withDigests(emulate: Answer): Answer {
  return async request => {
    const code = request.method === 'PUT' ? findFault(request) : undefined;
    return code ? s3Error({ status: 400, code, message: MESSAGES[code] }, request) : emulate(request);
  };
}

function findFault({ headers, body }: WireRequest): keyof typeof MESSAGES | undefined {
  if (headers['content-encoding']?.some(value => value.includes('aws-chunked'))) return undefined;
  for (const [name, algorithm, length] of DIGESTS) {
    const said = headers[name]?.[0];
    if (said === undefined) continue;
    if (Buffer.from(said, 'base64').byteLength !== length) return 'InvalidDigest';
    if (createHash(algorithm).update(body).digest('base64') !== said) return 'BadDigest';
  }
  return undefined;
}
