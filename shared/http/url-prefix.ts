/**
 * Which beginnings of paths stand for all below them: no longer than what a response remembers of its own path.
 *
 * Shape   '/a/b/' or 'https://host/a/b/' -> boolean
 * Errors  a TypeError for what is no URL
 */

export const MOST_PREFIXES = 8;
export const LONGEST_PREFIX = 512;

/** No longer than what responses carry, so that nothing below it is missed. A path, or a whole URL. */
export function isPlainPrefix(text: string): boolean {
  const { pathname, search } = new URL(text.startsWith('/') ? `http://host${text}` : text);
  const folder = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return search === '' && folder.split('/').length - 2 <= MOST_PREFIXES && folder.length <= LONGEST_PREFIX;
}
