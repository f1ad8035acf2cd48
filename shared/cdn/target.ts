/**
 * What is to be invalidated at one CDN, in words that no vendor owns.
 *
 * Shape   identify: the text that only the same target has; isBelow: whether a prefix reaches a path
 * Errors  none (total)
 */

/** `host` is '' where the CDN does not tell hosts apart, and so is `scheme`. */
export type Target =
  | { readonly kind: 'url'; readonly scheme: string; readonly host: string; readonly path: string }
  /** Everything that begins with the text; with `whole`, the path itself and what is below it. */
  | { readonly kind: 'prefix'; readonly host: string; readonly path: string; readonly whole?: true }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'everything' };

export function identify(target: Target): string {
  switch (target.kind) {
    case 'url':
      return `url ${target.scheme}//${target.host}${target.path}`;
    case 'prefix':
      return `prefix ${target.host}${target.path}${target.whole ? ' whole' : ''}`;
    case 'host':
      return `host ${target.host}`;
    case 'tag':
      return `tag ${target.tag}`;
    case 'everything':
      return 'everything';
  }
}

/** What a prefix reaches on its host. */
export function isBelow(path: string, prefix: Target & { readonly kind: 'prefix' }): boolean {
  if (!prefix.whole) return path.startsWith(prefix.path);
  if (!path.startsWith(prefix.path)) return false;
  const next = path.charAt(prefix.path.length);
  return next === '' || next === '/' || next === '?' || prefix.path.endsWith('/');
}
