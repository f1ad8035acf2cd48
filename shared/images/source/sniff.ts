/**
 * Tells what a source is by its first bytes: its name and its declared type are words of whoever put it there.
 *
 * Shape   bytes -> 'jpeg' | … | 'svg' | undefined for what is no image we decode
 * Errors  none (total)
 * Source  WHATWG MIME Sniffing §6.1; ISO/IEC 14496-12 (ftyp) for AVIF; TIFF 6.0 §2
 */

export type SourceType = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif' | 'tiff' | 'svg';

export function sniffImage(bytes: Uint8Array): SourceType | undefined {
  const starts = (at: number, signature: string) => hasText(bytes, at, signature);
  if (starts(0, '\xff\xd8\xff')) return 'jpeg';
  if (starts(0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(0, 'GIF87a') || starts(0, 'GIF89a')) return 'gif';
  if (starts(0, 'RIFF') && starts(8, 'WEBP')) return 'webp';
  if (starts(4, 'ftyp')) return isAvif(bytes) ? 'avif' : undefined;
  if (starts(0, 'II*\0') || starts(0, 'MM\0*')) return 'tiff';
  return isSvg(bytes) ? 'svg' : undefined;
}

/** The major brand, or one of those it is compatible with. */
function isAvif(bytes: Uint8Array): boolean {
  const length = Math.min(boxLength(bytes), 64);
  for (let at = 8; at + 4 <= length; at += 4) {
    if (at !== 12 && (hasText(bytes, at, 'avif') || hasText(bytes, at, 'avis'))) return true;
  }
  return false;
}

function boxLength(bytes: Uint8Array): number {
  return bytes.byteLength < 16 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

const HEAD_BYTES = 4096;

/** Its root may come after a byte order mark, a declaration, comments and a document type. */
function isSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*(?:\[[\s\S]*?\])?\s*>\s*)*<(?:[\w-]+:)?svg[\s>/]/i.test(
    head,
  );
}

function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  if (bytes.byteLength < at + text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
