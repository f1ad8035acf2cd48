/**
 * The code of the CloudFront Function: its one file without types, with what was decided about images written in.
 *
 * Shape   settings, whether URLs are signed -> JavaScript
 * Units   bytes
 * Errors  RangeError when it has grown beyond what CloudFront takes; esbuild's when it uses what its runtime does not have
 * Source  CloudFront Developer Guide, "Quotas on CloudFront Functions"; "JavaScript runtime 2.0 features"
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { OPTION_WORDS } from '../../shared/images/request/words.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';

export interface TidyOptions {
  readonly settings: ImageSettings;
  readonly signed: boolean;
}

const SOURCE = fileURLToPath(new URL('../../functions/tidy-request/handler.ts', import.meta.url));
export const MAX_CODE_BYTES = 10 * 1024;

/** What runtime 2.0 lacks, by esbuild's names: what is used of it all the same is refused. */
const LACKING = {
  class: false,
  destructuring: false,
  'for-of': false,
  generator: false,
  'import-meta': false,
  'object-rest-spread': false,
  'optional-chain': false,
  'nullish-coalescing': false,
  'array-spread': false,
};

export function tidyRequestCode({ settings, signed }: TidyOptions): string {
  const { path, formats } = settings;
  const tidy = { path: `${path}/`, signed, formats, words: OPTION_WORDS() };
  const { code } = transformSync(readFileSync(SOURCE, 'utf8'), {
    loader: 'ts',
    define: { TIDY: JSON.stringify(tidy) },
    supported: LACKING,
    minifyWhitespace: true,
    legalComments: 'none',
  });
  // CloudFront calls the function of this name, and knows no exports.
  const called = code
    .replace(/export\s+function handler/, 'function handler')
    .replace(/export\{[^}]*\};?/, '');
  const bytes = Buffer.byteLength(called);
  if (bytes > MAX_CODE_BYTES)
    throw new RangeError(
      `functions/tidy-request has ${bytes} bytes, more than CloudFront's ${MAX_CODE_BYTES}`,
    );
  return called;
}
