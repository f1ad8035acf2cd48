/**
 * What the routes of images take and answer.
 *
 * Units   widths in pixels, sizes in bytes
 * Errors  the words of a refusal follow the name of the field
 */

import * as z from 'zod/mini';
import { isRefusal } from '../images/refusal.ts';
import { parseOptionList } from '../images/request/parse-options.ts';
import { lazy } from '../primitives/lazy.ts';

/** A Worker may send so many requests for one of its own, and each variant is one to the function and some to Redis. */
export const MOST_VARIANTS = 40;
export const VARIANT_FORMATS = ['avif', 'webp', 'legacy', 'jpeg', 'png'] as const;

export const VARIANTS_BODY = lazy(() =>
  z
    .strictObject({
      key: z
        .string()
        .check(z.minLength(1, 'must not be empty'), z.describe('Of the source, as it is in the bucket.')),
      widths: z
        .array(z.int().check(z.minimum(1), z.maximum(16_384)))
        .check(z.minLength(1, 'must not be empty')),
      formats: z._default(z.array(z.enum(VARIANT_FORMATS)).check(z.minLength(1, 'must not be empty')), [
        'avif',
        'webp',
        'legacy',
      ]),
      options: z.optional(
        z
          .string()
          .check(
            z.refine(
              isSharedOptions,
              'must be options such as fit=cover,quality=70, without width and format',
            ),
            z.describe('As a URL writes them; they hold for all variants.'),
          ),
      ),
    })
    .check(
      z.refine(
        ({ widths, formats }) => widths.length * formats.length <= MOST_VARIANTS,
        `must ask for at most ${MOST_VARIANTS} variants: widths times formats`,
      ),
    ),
);

export const MANIFEST = lazy(() =>
  z.strictObject({
    source: z.string(),
    variants: z.array(
      z.strictObject({
        url: z.string(),
        format: z.string(),
        width: z.int(),
        height: z.int(),
        bytes: z.int(),
        contentType: z.string(),
      }),
    ),
    failed: z.array(z.strictObject({ url: z.string(), code: z.string() })),
    srcset: z.record(z.string(), z.string()).check(z.describe('By format: the attribute, ready for use.')),
  }),
);

function isSharedOptions(text: string): boolean {
  const options = parseOptionList(text);
  return !isRefusal(options) && options.width === undefined && options.format === undefined;
}
