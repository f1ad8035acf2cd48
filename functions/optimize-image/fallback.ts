/**
 * The picture that is shown for what cannot be shown: as wide and in the same format as what was asked for, and made once, since
 * whoever asks for what is not there would else have it made each time.
 *
 * Shape   failed request -> picture | undefined where there is none, or it cannot be made either
 * Errors  none
 */
import type { ImageOptions } from '../../shared/images/options.ts';
import { isRefusal } from '../../shared/images/refusal.ts';
import { variantKey } from '../../shared/images/resolve/variant.ts';
import type { VariantStore } from '../../shared/images/stores.ts';
import type { MakeVariant } from './make-variant.ts';
import type { Fallback } from './words.ts';

export interface FallbackDeps {
  readonly make: MakeVariant;
  readonly kept: VariantStore;
  readonly source: string | null;
}

export function createFallback({ make, kept, source }: FallbackDeps): Fallback {
  return async ({ options }) => {
    if (source === null) return undefined;
    const request = { source, options: likeAsked(options) };
    const found = await kept.find(variantKey(request));
    if (found) return found;
    const made = await make(request);
    if (isRefusal(made)) return undefined;
    await kept.keep(variantKey(request), { ...made, tag: '' });
    return made;
  };
}

function likeAsked({ width, height, fit, format, quality }: ImageOptions): ImageOptions {
  return {
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(fit !== undefined && { fit }),
    ...(quality !== undefined && { quality }),
    format: format === undefined || format === 'json' ? 'legacy' : format,
  };
}
