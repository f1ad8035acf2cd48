/**
 * Turns the bytes of a file that is held whole into what is stored of it: made smaller where that is wanted, and compressed.
 *
 * Shape   key, bytes, treatment -> { bytes, contentType, variants }
 * Units   bytes
 * Errors  none: what cannot be made smaller stays as it is
 */

import { isWorthStoring, planVariants, type VariantCoding } from '../../shared/publishing/text-variants.ts';
import { compressWhole } from './compress.ts';
import { canMinify, minifyText } from './minify/minify.ts';
import { isOptimisable, optimisePicture } from './optimise-picture.ts';
import type { Treatment } from './treatment.ts';

export interface Prepared {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly variants: readonly PreparedVariant[];
}

export interface PreparedVariant {
  readonly coding: VariantCoding;
  readonly bytes: Uint8Array;
}

export interface Preparing {
  readonly key: string;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly treatment: Treatment;
  /** Forms that the folder brings itself. @default none */
  readonly brought?: ReadonlySet<VariantCoding>;
}

export async function prepareWhole(preparing: Preparing): Promise<Prepared> {
  const { contentType, treatment, brought = new Set() } = preparing;
  const bytes = await makeSmaller(preparing);
  const plans = treatment.compress === false ? [] : planVariants(contentType, bytes.byteLength);
  const variants: PreparedVariant[] = [];
  // One after the other: together they would hold the memory of both.
  for (const plan of plans.filter(({ coding }) => !brought.has(coding))) {
    const compressed = await compressWhole(bytes, plan);
    if (isWorthStoring(bytes.byteLength, compressed.byteLength)) {
      variants.push({ coding: plan.coding, bytes: compressed });
    }
  }
  return { bytes, contentType, variants };
}

/** A form that was brought is of the file as it is: a smaller one would be another. */
async function makeSmaller({ key, bytes, contentType, treatment, brought }: Preparing): Promise<Uint8Array> {
  const { minify, pictures, onLeft } = treatment;
  const tell = (reason: string) => onLeft?.(key, reason);
  if (pictures && isOptimisable(contentType)) return optimisePicture(bytes, pictures, tell);
  if (!minify || brought?.size || !canMinify(contentType)) return bytes;
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  return new TextEncoder().encode(await minifyText(contentType, text, tell));
}
