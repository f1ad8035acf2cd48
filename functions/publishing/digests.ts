/**
 * The digests by which stores tell that bytes arrived as they left, and by which names change with content.
 *
 * Shape   bytes -> digest; digest -> hex or base64
 */

import { createHash } from 'node:crypto';

export function md5(bytes: Uint8Array): Uint8Array {
  return createHash('md5').update(bytes).digest();
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

export function toHex(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex');
}

export function toBase64(digest: Uint8Array): string {
  return Buffer.from(digest).toString('base64');
}
