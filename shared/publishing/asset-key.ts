/**
 * Which names a published file may have: those that mean the same in every store, in a URL and on a disk.
 *
 * Shape   'Bilder/Grün.png' -> { ok, key } in Unicode's composed form | { ok: false, why }
 * Units   bytes of UTF-8
 * Errors  none (total)
 * Source  S3 User Guide, "Naming Amazon S3 objects"; RFC 8615 (.well-known)
 */

export type ParsedKey =
  | { readonly ok: true; readonly key: string }
  | { readonly ok: false; readonly why: string };

/** Where publishing keeps its own notes; nothing below it is served. */
export const NOTES_FOLDER = '.headrace';
export const LONGEST_KEY_BYTES = 1_000;

export function parseAssetKey(text: string): ParsedKey {
  // A Mac writes ü as two characters, and browsers ask for one.
  const key = text.normalize('NFC');
  const why = findFault(key);
  return why === undefined ? { ok: true, key } : { ok: false, why };
}

function findFault(key: string): string | undefined {
  if (key === '') return 'is empty';
  if (new TextEncoder().encode(key).byteLength > LONGEST_KEY_BYTES)
    return `is longer than ${LONGEST_KEY_BYTES} bytes`;
  if (!key.isWellFormed()) return 'is no text';
  if (/[\p{Cc}\\]/u.test(key)) return 'has a control character or a backslash';
  const segments = key.split('/');
  if (segments.some(segment => segment === '')) return 'has an empty folder name';
  if (segments.some(segment => segment === '.' || segment === '..')) return 'climbs out of its folder';
  if (segments.some(isHidden)) return 'has a name that begins with a dot';
  return undefined;
}

/** Settings and secrets lie in such files, .well-known alone is meant to be read. */
export function isHidden(segment: string): boolean {
  return segment.startsWith('.') && segment !== '.well-known';
}
