/**
 * The one canonical form of a request: options in one order and one spelling, then the source.
 *
 * Shape   { source, options } -> 'width=640,format=auto/photos/a.jpg'
 * Errors  none (total)
 */
import type { ImageOptions, ImageRequest } from '../options.ts';
import { formatSource } from './source-key.ts';
import { kindOf, type OptionName, optionNames } from './words.ts';

/** Without any option it says the one that changes nothing: a path always has its segment of options. */
export function formatOptions(options: ImageOptions): string {
  const parts = optionNames().flatMap(name => {
    const value = options[name];
    return value === undefined ? [] : [`${name}=${printOption(name, value)}`];
  });
  return parts.length === 0 ? 'fit=scale-down' : parts.join(',');
}

export function formatRequest({ source, options }: ImageRequest): string {
  return `${formatOptions(options)}/${formatSource(source)}`;
}

function printOption(name: OptionName, value: unknown): string {
  return kindOf(name).print(value);
}
