/**
 * Reads from EXIF who owns a picture, and nothing else: what is not read cannot be passed on, a position least of all.
 *
 * Shape   EXIF block -> { Copyright?, Artist? }
 * Errors  none (total): a damaged block says nothing
 * Source  TIFF 6.0 §2 "Image File Directory"; EXIF 2.32 §4.6.3 (tags 8298, 013B)
 */

export interface Rights {
  readonly Copyright?: string;
  readonly Artist?: string;
}

const NAMES: Readonly<Record<number, keyof Rights>> = { 33432: 'Copyright', 315: 'Artist' };
const ASCII = 2;
const ENTRY_BYTES = 12;
const MOST_ENTRIES = 200;
const MOST_CHARACTERS = 500;

export function readRights(exif: Uint8Array): Rights {
  try {
    return Object.fromEntries(entriesOf(tiffOf(exif)));
  } catch (error) {
    // An offset led out of the block.
    if (error instanceof RangeError) return {};
    throw error;
  }
}

function* entriesOf(tiff: DataView): Generator<[keyof Rights, string]> {
  const little = tiff.getUint16(0) === 0x4949;
  const directory = tiff.getUint32(4, little);
  const count = Math.min(tiff.getUint16(directory, little), MOST_ENTRIES);
  for (let index = 0; index < count; index++) {
    const at = directory + 2 + index * ENTRY_BYTES;
    const name = NAMES[tiff.getUint16(at, little)];
    if (name === undefined || tiff.getUint16(at + 2, little) !== ASCII) continue;
    const length = tiff.getUint32(at + 4, little);
    const start = length <= 4 ? at + 8 : tiff.getUint32(at + 8, little);
    const text = textAt(tiff, start, Math.min(length, MOST_CHARACTERS));
    if (text !== '') yield [name, text];
  }
}

/** JPEG puts a name before the block. */
function tiffOf(exif: Uint8Array): DataView {
  const named = String.fromCharCode(...exif.subarray(0, 4)) === 'Exif';
  const start = named ? 6 : 0;
  return new DataView(exif.buffer, exif.byteOffset + start, Math.max(0, exif.byteLength - start));
}

function textAt(tiff: DataView, start: number, length: number): string {
  if (start + length > tiff.byteLength) throw new RangeError('beyond the block');
  const bytes = new Uint8Array(tiff.buffer, tiff.byteOffset + start, length);
  const [text = ''] = new TextDecoder().decode(bytes).split('\0');
  return text.trim();
}
