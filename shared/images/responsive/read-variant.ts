/**
 * Looks at what came of asking for a variant's URL: the picture's own size and weight, or the code of its refusal.
 *
 * Shape   Response -> MadeVariant | FailedVariant
 * Units   pixels, bytes
 * Errors  rejects when the body does not come whole, or is no picture
 */

import { imageSize } from 'image-size';
import type { FailedVariant, MadeVariant } from './responsive-images.ts';

export async function readVariant(response: Response): Promise<MadeVariant | FailedVariant> {
  if (!response.ok) return { ok: false, code: await codeOf(response) };
  const bytes = new Uint8Array(await response.arrayBuffer());
  const { width, height } = imageSize(bytes);
  const contentType = response.headers.get('content-type') ?? 'application/octet-stream';
  return { ok: true, width, height, bytes: bytes.byteLength, contentType };
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  return typeof code === 'string' ? code : `STATUS_${response.status}`;
}
