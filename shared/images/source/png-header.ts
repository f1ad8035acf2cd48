/**
 * Reads a PNG's header: its size, and whether anything of it may be transparent.
 *
 * Only what is beyond doubt is read: what may be turned by EXIF is left to the engine, and so is whatever is unusual or damaged.
 *
 * Shape   bytes -> facts | undefined
 * Errors  none (total)
 * Cost    a microsecond: one step a chunk, up to the first of pixels
 * Source  PNG, Third Edition, §5.3 (chunks), §11.2.2 (IHDR), §11.3.1.1 (tRNS), §11.3.3.2 (eXIf)
 */
import type { SourceFacts } from '../plan/source-facts.ts';

const FIRST_CHUNK = 8;
const HEADER_CHUNK_BYTES = 25;
const CHUNK_FRAME_BYTES = 12;
const WITH_ALPHA: ReadonlySet<number> = new Set([4, 6]);
/** In these, engines look for EXIF. */
const MAY_TURN: ReadonlySet<string> = new Set(['eXIf', 'tEXt', 'zTXt', 'iTXt']);

export function readPngHeader(bytes: Uint8Array): SourceFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < FIRST_CHUNK + HEADER_CHUNK_BYTES || nameAt(view, FIRST_CHUNK) !== 'IHDR')
    return undefined;
  const [width, height] = [view.getUint32(FIRST_CHUNK + 8), view.getUint32(FIRST_CHUNK + 12)];
  const transparent = alphaOf(view);
  if (transparent === undefined || width === 0 || height === 0) return undefined;
  return { type: 'png', width, height, orientation: 1, frames: 1, hasAlpha: transparent };
}

/** Undefined, too, where something says how the picture lies. */
function alphaOf(view: DataView): boolean | undefined {
  let hasAlpha = WITH_ALPHA.has(view.getUint8(FIRST_CHUNK + 17));
  for (let at = FIRST_CHUNK; at + CHUNK_FRAME_BYTES <= view.byteLength; ) {
    const name = nameAt(view, at);
    if (name === 'IDAT') return hasAlpha;
    if (MAY_TURN.has(name)) return undefined;
    if (name === 'tRNS') hasAlpha = true;
    at += CHUNK_FRAME_BYTES + view.getUint32(at);
  }
  return undefined;
}

function nameAt(view: DataView, chunk: number): string {
  const codes = [4, 5, 6, 7].map(at => view.getUint8(chunk + at));
  return String.fromCharCode(...codes);
}
