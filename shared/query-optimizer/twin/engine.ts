/**
 * The Postgres in which a twin lives: one of our own, empty, of version 18 or newer, whose files we may write.
 *
 * Shape   paths are those of pg_relation_filepath(), relative to the data directory
 * Errors  session's own
 */

import type { Session } from '../session.ts';

export interface TwinEngine {
  /** Of a superuser, and of nobody else meanwhile. */
  readonly session: Session;
  /** Those that CREATE EXTENSION can make here. */
  readonly extensions: ReadonlySet<string>;
  /** A relation's first page. */
  readHead(path: string): Promise<Uint8Array>;
  /** Makes it as long as this, without taking the space; what is written replaces its first pages. */
  resize(path: string, bytes: number, head?: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** A file of a relation ends at a gigabyte; the next one goes on. */
export const SEGMENT_BYTES = 1024 ** 3;

/** The files of a relation and their lengths. */
export function segmentsOf(
  path: string,
  bytes: number,
): readonly { readonly path: string; readonly bytes: number }[] {
  const count = Math.max(1, Math.ceil(bytes / SEGMENT_BYTES));
  return Array.from({ length: count }, (_, at) => ({
    path: at === 0 ? path : `${path}.${at}`,
    bytes: Math.min(SEGMENT_BYTES, bytes - at * SEGMENT_BYTES),
  }));
}
