/**
 * Stores an asset with its compressed forms, in an order in which nobody ever gets a form of another version for long: forms
 * that are no longer made go first, then the new ones come, then the file itself.
 *
 * Shape   asset -> what was stored under which key
 * Units   bytes
 * Errors  AssetStoreError; AssetChanged
 * Cost    one request for each form and the file; one for each form that is not made, where the name may have had it before
 */

import {
  isWorthStoring,
  mayHaveVariants,
  planVariants,
  VARIANT_CODINGS,
  type VariantCoding,
  variantKey,
} from '../../shared/publishing/text-variants.ts';
import { compressStream } from './compress.ts';
import type { Prepared } from './prepare-whole.ts';
import { type Destination, sendLarge } from './send-large.ts';
import { chunksOf, openFile, openStream } from './sources.ts';
import { attributesFor, type Described, type Treatment } from './treatment.ts';

export interface StoringDeps extends Pick<Destination, 'store' | 'buffers' | 'signal' | 'onBytes'> {}

export interface Storing {
  readonly key: string;
  readonly described: Described;
  readonly treatment: Treatment;
  /** Forms that the folder brings itself: they are neither made nor removed. */
  readonly brought?: ReadonlySet<VariantCoding>;
}

export interface StoredForm {
  readonly key: string;
  readonly coding: VariantCoding;
  readonly bytes: number;
}

export interface Stored {
  readonly etag: string;
  readonly bytes: number;
  readonly variants: readonly StoredForm[];
}

export async function storeWhole(
  { bytes, variants }: Prepared,
  { key, described, treatment, brought }: Storing,
  { store, signal, onBytes }: StoringDeps,
): Promise<Stored> {
  const made = new Set(variants.map(({ coding }) => coding));
  await removeForms({ key, described, made: new Set([...made, ...(brought ?? [])]) }, store);
  for (const { coding, bytes: form } of variants) {
    await store.put(variantKey(key, coding), form, attributesFor({ ...described, coding }, treatment), {
      signal,
    });
  }
  const { etag } = await store.put(key, bytes, attributesFor(described, treatment), { signal });
  onBytes?.(bytes.byteLength, 'sent');
  const forms = variants.map(({ coding, bytes: form }) => ({
    key: variantKey(key, coding),
    coding,
    bytes: form.byteLength,
  }));
  return { etag, bytes: bytes.byteLength, variants: forms };
}

export interface LargeFile {
  readonly path: string;
  readonly bytes: number;
}

/** Read once for each form and once for itself: it is never held whole. */
export async function storeLarge(file: LargeFile, storing: Storing, deps: StoringDeps): Promise<Stored> {
  const { key, described, treatment, brought = new Set() } = storing;
  const planned = treatment.compress === false ? [] : planVariants(described.contentType, file.bytes);
  const plans = planned.filter(({ coding }) => !brought.has(coding));
  const made = new Set([...plans.map(({ coding }) => coding), ...brought]);
  await removeForms({ key, described, made }, deps.store);
  const variants: StoredForm[] = [];
  for (const plan of plans) {
    const source = openStream(compressStream(chunksOf(await openFile(file.path)), plan));
    const { coding } = plan;
    const to = {
      key: variantKey(key, coding),
      attributes: attributesFor({ ...described, coding }, treatment),
    };
    const { bytes } = await sendLarge(source, { ...deps, onBytes: undefined, ...to });
    if (isWorthStoring(file.bytes, bytes)) variants.push({ key: to.key, coding, bytes });
    else await deps.store.remove(to.key);
  }
  const attributes = attributesFor(described, treatment);
  const to = { ...deps, key, attributes, expectedSha256: described.sha256 };
  const { etag, bytes } = await sendLarge(await openFile(file.path), to);
  return { etag, bytes, variants };
}

interface Removing {
  readonly key: string;
  readonly described: Described;
  readonly made: ReadonlySet<VariantCoding>;
}

/** What bears a hash had no other version, and a form has no forms. */
async function removeForms({ key, described, made }: Removing, store: StoringDeps['store']): Promise<void> {
  const { isHashed, coding: isForm, contentType } = described;
  if (isHashed || isForm || !mayHaveVariants(contentType)) return;
  for (const coding of VARIANT_CODINGS) if (!made.has(coding)) await store.remove(variantKey(key, coding));
}
