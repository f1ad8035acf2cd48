/**
 * A short name for a text where a wrong match is harmless: 32 bits, at once and without a promise.
 *
 * Shape   text -> up to seven characters
 * Source  FNV-1a, over UTF-16 units (Fowler, Noll, Vo)
 */

export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
