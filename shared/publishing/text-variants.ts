/**
 * Which compressed forms of a file are stored beside it, and with how much effort each is made.
 *
 * The form in brotli of `app.js` is `app.js.br`, of gzip `app.js.gz`. The edge asks for the one its client takes before it
 * asks for the plain file, so a form that is out of date must be removed, never left.
 *
 * Shape   Content-Type, bytes -> [{ coding: 'br', quality }, { coding: 'gzip', quality }] | []
 * Units   bytes
 * Errors  none (total)
 */

import { isCompressibleType } from '../http/compressible-type.ts';

export const VARIANT_CODINGS = ['br', 'gzip'] as const;
export type VariantCoding = (typeof VARIANT_CODINGS)[number];

export interface VariantPlan {
  readonly coding: VariantCoding;
  readonly quality: number;
}

/** Below it the fields of a response outweigh what is saved. */
const SMALLEST_BYTES = 1_024;
const WORTH_SAVING_RATIO = 0.05;

export function planVariants(contentType: string, bytes: number): readonly VariantPlan[] {
  if (!mayHaveVariants(contentType) || bytes < SMALLEST_BYTES) return [];
  return [
    { coding: 'br', quality: brotliQuality(bytes) },
    { coding: 'gzip', quality: 6 },
  ];
}

export function mayHaveVariants(contentType: string): boolean {
  return isCompressibleType(contentType);
}

export function isWorthStoring(plainBytes: number, compressedBytes: number): boolean {
  return compressedBytes <= plainBytes * (1 - WORTH_SAVING_RATIO);
}

export function variantKey(key: string, coding: VariantCoding): string {
  return key + SUFFIXES[coding];
}

/** Of 'app.js.br' that is the form of 'app.js'; undefined for every other name. */
export function variantOf(key: string): { readonly key: string; readonly coding: VariantCoding } | undefined {
  const coding = VARIANT_CODINGS.find(name => key.endsWith(SUFFIXES[name]));
  return coding && { key: key.slice(0, -SUFFIXES[coding].length), coding };
}

const SUFFIXES: Readonly<Record<VariantCoding, string>> = { br: '.br', gzip: '.gz' };

/**
 * A megabyte takes 1.3 s of a processor at 11, half of that at 10 for 3 % more bytes, a twentieth at 6 for 12 % more. Between
 * them, 9 takes twice the memory of any other.
 */
function brotliQuality(bytes: number): number {
  if (bytes <= 32 * 1024) return 11;
  return bytes <= 512 * 1024 ? 10 : 6;
}
