/**
 * Encodes a JPEG or PNG anew, in its own size and format, without what a camera wrote into it: a PNG with all its colours, a JPEG at a
 * quality where nobody sees one. It stays as it is unless that makes it smaller.
 *
 * Shape   bytes -> bytes
 * Errors  none: what the engine refuses stays as it is, and `onLeft` is told why
 */

import type { ImageEngine } from '../../shared/images/engine.ts';
import { planPicture } from '../../shared/images/plan/plan-picture.ts';
import { isRefusal } from '../../shared/images/refusal.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../shared/images/settings.ts';
import { isWorthStoring } from '../../shared/publishing/text-variants.ts';

const JPEG_QUALITY = 82;

/** A source may be as large as the engine may make it: it keeps its size. */
const SETTINGS = {
  limits: { ...DEFAULT_IMAGE_SETTINGS.limits, maxSide: 16_384, maxPixels: 50_000_000 },
  watermarks: {},
};

export function isOptimisable(contentType: string): boolean {
  return contentType === 'image/jpeg' || contentType === 'image/png';
}

export async function optimisePicture(
  bytes: Uint8Array,
  engine: ImageEngine,
  onLeft: (reason: string) => void,
): Promise<Uint8Array> {
  const source = await engine.inspect(bytes);
  if (isRefusal(source)) return left(bytes, onLeft, source.detail);
  const { type } = source.facts;
  if (type !== 'jpeg' && type !== 'png') return bytes;
  const options = type === 'jpeg' ? { format: type, quality: JPEG_QUALITY } : { format: type };
  const plan = planPicture(source.facts, { ...options, metadata: 'copyright' }, SETTINGS);
  const made = isRefusal(plan) ? plan : await engine.make(source, plan);
  if (isRefusal(made)) return left(bytes, onLeft, made.detail);
  return isWorthStoring(bytes.byteLength, made.bytes.byteLength) ? made.bytes : bytes;
}

function left(bytes: Uint8Array, onLeft: (reason: string) => void, reason: string): Uint8Array {
  onLeft(reason);
  return bytes;
}
