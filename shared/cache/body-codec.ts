/**
 * The port of a compression, by the coding's name; adapters stand where the runtime has one. What the header of a stored
 * value names and this runtime does not have is a miss.
 *
 * Shape   body -> packed body, only if it is smaller by a tenth at least
 * Errors  a packed body that cannot be unpacked is undefined
 * Cost    none on the wire; CPU of the coding
 */

export interface BodyCodec {
  /** As it stands in the header: `zstd`, `br`, `gzip`. */
  readonly name: string;
  compress(body: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
  /** Ends with an error rather than giving more than `maxBytes`. */
  decompress(
    body: Uint8Array<ArrayBuffer>,
    maxBytes: number,
  ): Promise<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer>;
}

export interface Packing {
  /** The first one packs, all of them unpack. */
  readonly codecs: readonly BodyCodec[];
  /** Smaller bodies are not worth the time. */
  readonly minBytes: number;
  readonly maxBytes: number;
}

export interface PackedBody {
  readonly coding?: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

const WORTH_RATIO = 0.9;

export async function packBody(body: Uint8Array<ArrayBuffer>, packing: Packing): Promise<PackedBody> {
  const [codec] = packing.codecs;
  if (!codec || body.byteLength < packing.minBytes) return { body };
  const packed = await codec.compress(body);
  return packed.byteLength < body.byteLength * WORTH_RATIO ? { coding: codec.name, body: packed } : { body };
}

export async function unpackBody(
  { coding, body }: PackedBody,
  packing: Packing,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (coding === undefined) return body;
  const codec = packing.codecs.find(({ name }) => name === coding);
  try {
    return await codec?.decompress(body, packing.maxBytes);
  } catch {
    // Whoever wrote it, the checksum held: it was packed by something else under the same name.
    return undefined;
  }
}
