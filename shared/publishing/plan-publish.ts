/**
 * Decides what a run does: which files are sent, in which order, which are left alone, and which are no longer there.
 *
 * First what a page refers to, pages last: whoever gets a new page finds all that it names. An interrupted run may have
 * stored anything, so after one every file is compared with the store itself.
 *
 * Shape   files, last manifest -> { steps: [[hashed], [others], [styles and scripts], [pages]], unchanged, removed }
 * Errors  none (total)
 */

import { isContentName } from './content-name.ts';
import { isPage } from './content-type.ts';
import type { Manifest, PublishedFile } from './manifest.ts';
import { mayHaveVariants, variantOf } from './text-variants.ts';

export interface LocalFile extends PublishedFile {
  readonly key: string;
  readonly contentType: string;
}

export interface PublishPlan<File extends LocalFile = LocalFile> {
  /** A step begins when the one before it is done, whole. */
  readonly steps: readonly (readonly File[])[];
  readonly unchanged: readonly File[];
  /** Keys of the last run that are no longer there. */
  readonly removed: readonly string[];
  /** Whether each file of a step is first compared with what is stored. */
  readonly comparesWithStore: boolean;
}

export function planPublish<File extends LocalFile>(
  files: readonly File[],
  last: Manifest,
): PublishPlan<File> {
  const isInterrupted = last.state === 'publishing';
  const isUnchanged = (file: File) => !isInterrupted && isSame(file, last.files[file.key]);
  const changed = files.filter(file => !isUnchanged(file));
  const byKey = new Map(files.map(file => [file.key, file]));
  return {
    steps: RANKS.map(rank => changed.filter(file => rankOf(file) === rank)),
    unchanged: files.filter(isUnchanged),
    removed: Object.keys(last.files).filter(key => !byKey.has(key) && !isFormOf(key, byKey)),
    comparesWithStore: isInterrupted,
  };
}

export function isSame(file: PublishedFile, other: PublishedFile | undefined): boolean {
  return other !== undefined && file.sha256 === other.sha256 && file.form === other.form;
}

/** A form that the folder brought is now made here: sending the file itself replaces or removes it. */
function isFormOf(key: string, files: ReadonlyMap<string, LocalFile>): boolean {
  const plain = files.get(variantOf(key)?.key ?? '');
  return plain !== undefined && mayHaveVariants(plain.contentType);
}

const RANKS = ['hashed', 'other', 'code', 'page'] as const;

function rankOf({ key, contentType }: LocalFile): (typeof RANKS)[number] {
  if (isPage(contentType) || SERVICE_WORKER.test(key)) return 'page';
  if (isContentName(key)) return 'hashed';
  return CODE.test(contentType) ? 'code' : 'other';
}

const CODE = /^(?:text|application)\/(?:css|javascript|manifest\+json)\b/;
/** It fetches the pages as soon as it is there. */
const SERVICE_WORKER = /(?:^|\/)(?:sw|service-?worker)\.m?js$/i;
