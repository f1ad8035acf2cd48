/**
 * What is asked for when variants are made in advance, read the same way whoever asks: the route for operators or a job.
 *
 * Shape   what a schema has checked -> { source, widths, formats, options } | Refusal
 * Errors  those of sources and options
 */

import type { ImageOptions } from '../options.ts';
import { isRefusal, type Refusal } from '../refusal.ts';
import { parseOptionList } from '../request/parse-options.ts';
import { formatSource, parseSource } from '../request/source-key.ts';
import type { Manifest, ResponsiveOptions } from './responsive-images.ts';

type Formats = NonNullable<ResponsiveOptions['formats']>;

export interface GivenOrder {
  readonly key: string;
  readonly widths: readonly number[];
  readonly formats: Formats;
  /** As a URL writes them. */
  readonly options?: string | undefined;
}

export interface VariantOrder {
  readonly source: string;
  readonly widths: readonly number[];
  readonly formats: Formats;
  readonly options: ImageOptions;
}

export function readVariantOrder({ key, options = '', ...rest }: GivenOrder): VariantOrder | Refusal {
  const source = parseSource(formatSource(key));
  if (isRefusal(source)) return source;
  const read = options === '' ? {} : parseOptionList(options);
  return isRefusal(read) ? read : { ...rest, source, options: read };
}

/** With which codes variants were refused, each once. */
export function refusedWith({ failed }: Manifest): string {
  return [...new Set(failed.map(({ code }) => code))].join(', ');
}
