/**
 * Names for texts, at once and without a promise, where nobody gains by two texts of one name: 32 bits where a wrong match is
 * harmless, 64 where it must not happen by chance.
 *
 * Shape   text -> up to seven characters; sixteen hex digits
 * Source  FNV-1a (Fowler, Noll, Vo): 32 bits over UTF-16 units, 64 bits over bytes of UTF-8
 */

export function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

export function longHash(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return hash.toString(16).padStart(16, '0');
}
