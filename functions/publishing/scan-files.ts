/**
 * Looks at the files of a folder as they are now: digest, type, and everything else that decides what is stored of each.
 *
 * A file beside `app.js` that is called `app.js.br` or `app.js.gz` is its compressed form, made by whoever built the folder.
 *
 * Shape   files, treatment -> files with sha256, contentType, form and the forms that are brought
 * Errors  FolderFault for a file that cannot be read; AssetChanged where a file grew or shrank meanwhile
 * Cost    reads every file once
 */

import { createHash } from 'node:crypto';
import { mapBounded } from '../../shared/primitives/bounded.ts';
import type { LocalFile } from '../../shared/publishing/plan-publish.ts';
import { mayHaveVariants, type VariantCoding, variantOf } from '../../shared/publishing/text-variants.ts';
import { AssetChanged } from './asset-changed.ts';
import { FolderFault, type FolderFile } from './read-folder.ts';
import { HEAD_BYTES, sniffType } from './sniff-type.ts';
import { openFile } from './sources.ts';
import type { Treatment } from './treatment.ts';

export interface ScannedFile extends LocalFile {
  readonly path: string;
  /** Of a form: which one. */
  readonly coding: VariantCoding | undefined;
  /** Forms that the folder has of this file. */
  readonly brought: ReadonlySet<VariantCoding>;
}

const AT_ONCE = 2;
const CHUNK_BYTES = 256 * 1024;
/** What publishing makes of the same file may differ from version to version. */
const FORM_VERSION = 1;

export async function scanFiles(
  files: readonly FolderFile[],
  treatment: Treatment,
  signal?: AbortSignal,
): Promise<ScannedFile[]> {
  const looked = await mapBounded(files, AT_ONCE, file => look(file, signal));
  const byKey = new Map(looked.map(file => [file.key, file]));
  const formOf = (key: string) => {
    const variant = variantOf(key);
    const plain = variant && byKey.get(variant.key);
    return plain && mayHaveVariants(plain.contentType) ? { coding: variant.coding, plain } : undefined;
  };
  const brought = new Map<string, Set<VariantCoding>>();
  for (const { key } of looked) {
    const form = formOf(key);
    if (form) brought.set(form.plain.key, (brought.get(form.plain.key) ?? new Set()).add(form.coding));
  }
  return looked.map(file => {
    const form = formOf(file.key);
    const known = {
      ...file,
      contentType: form?.plain.contentType ?? file.contentType,
      coding: form?.coding,
      brought: brought.get(file.key) ?? new Set<VariantCoding>(),
    };
    return { ...known, form: formText(known, treatment) };
  });
}

type Looked = FolderFile & { readonly sha256: string; readonly contentType: string };

async function look(file: FolderFile, signal: AbortSignal | undefined): Promise<Looked> {
  signal?.throwIfAborted();
  const source = await openFile(file.path).catch(cause => {
    throw new FolderFault(`${file.path} cannot be read (${cause.code}).`, { cause });
  });
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, Math.max(HEAD_BYTES, file.bytes)));
  const hash = createHash('sha256');
  let contentType: string | undefined;
  let bytes = 0;
  try {
    for (let filled = buffer.byteLength; filled === buffer.byteLength; ) {
      filled = await source.fill(buffer);
      const chunk = buffer.subarray(0, filled);
      contentType ??= await sniffType(file.key, chunk.subarray(0, HEAD_BYTES));
      hash.update(chunk);
      bytes += filled;
    }
  } finally {
    await source.close();
  }
  if (bytes !== file.bytes) throw new AssetChanged(file.key);
  return { ...file, sha256: hash.digest('hex'), contentType: contentType ?? '' };
}

interface Formed {
  readonly contentType: string;
  readonly coding: VariantCoding | undefined;
  readonly brought: ReadonlySet<VariantCoding>;
}

function formText({ contentType, coding, brought }: Formed, treatment: Treatment): string {
  const { tags = [], cacheControl, compress = true, minify = false, pictures } = treatment;
  const decided = [
    contentType,
    coding,
    [...brought],
    tags,
    cacheControl,
    compress,
    minify,
    Boolean(pictures),
  ];
  const text = JSON.stringify([FORM_VERSION, ...decided]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
