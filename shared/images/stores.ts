/**
 * Where sources come from and where variants are kept: two ports, filled by S3, a folder, memory or other hosts.
 *
 * Units   bytes
 * Errors  a source that is refused or missing is a Refusal; what cannot be reached throws
 * Cost    of each call, see its adapter: one request at most
 */
import type { Refusal } from './refusal.ts';

export interface SourceInfo {
  /** Changes whenever the bytes do. */
  readonly etag: string;
}

export interface SourceBytes extends SourceInfo {
  readonly bytes: Uint8Array;
}

export interface SourceStore {
  /** What is known without the bytes. */
  stat(source: string): Promise<SourceInfo | Refusal>;
  /** Refuses what is longer, before it is read where the length is known. */
  read(source: string, maxBytes: number): Promise<SourceBytes | Refusal>;
}

export interface Variant {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** The ETag of the source it was made of: with another one it is worth nothing. */
  readonly sourceETag: string;
}

export interface KeptVariant extends Variant {
  /** By which a CDN drops all variants of one source. */
  readonly tag: string;
}

export interface VariantStore {
  find(key: string): Promise<Variant | undefined>;
  keep(key: string, variant: KeptVariant): Promise<void>;
}
