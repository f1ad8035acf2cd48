/**
 * Publishes a folder: sends what changed since the last time, pages last, tells caches of what kept its name, and remembers.
 *
 * The manifest says `publishing` from before the first write until caches were told. So a run that was interrupted anywhere,
 * or whose caches could not be told, is gone on with by the next: it compares every file with the store, sends what is
 * missing, and tells caches of all that differs from what they were last told.
 *
 * Shape   folder -> { sent, present, unchanged, removed, told, left }
 * Errors  FolderFault, AssetInvalid for its tags, AssetStoreError, AssetChanged, the reason of the signal; what `tellCaches` throws
 * Cost    a folder that did not change: one read of the manifest and of every file
 */

import { isContentName } from '../../shared/publishing/content-name.ts';
import {
  isSame,
  type LocalFile,
  type PublishPlan,
  planPublish,
} from '../../shared/publishing/plan-publish.ts';
import { variantOf } from '../../shared/publishing/text-variants.ts';
import { checkTags } from './check-asset.ts';
import type { PublishDeps } from './publish-deps.ts';
import { openManifest, type RememberedManifest } from './published-manifest.ts';
import { FolderFault, type LeftOut, readFolder } from './read-folder.ts';
import { removeGone } from './remove-gone.ts';
import { type ScannedFile, scanFiles } from './scan-files.ts';
import { createSendFile } from './send-file.ts';
import { type PublishProgress, sendSteps } from './send-steps.ts';
import type { Treatment } from './treatment.ts';

export interface PublishOptions extends Treatment {
  /** What every key begins with: '' or 'site/'. @default '' */
  readonly prefix?: string;
  /** Whether what is no longer in the folder is removed. @default false: pages that are still cached may name it */
  readonly prune?: boolean;
  /** Only says what would be done. @default false */
  readonly dryRun?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PublishProgress) => void;
  /** Tells caches of the keys, without the prefix, of what changed under its name. @default nobody is told */
  readonly tellCaches?: (keys: readonly string[]) => Promise<void>;
}

export interface PublishOutcome {
  readonly plan: PublishPlan<ScannedFile>;
  /** Keys. */
  readonly sent: readonly string[];
  /** Were there already: an interrupted run had sent them. */
  readonly present: readonly string[];
  readonly removed: readonly string[];
  readonly told: readonly string[];
  readonly left: readonly LeftOut[];
}

export async function publishFolder(
  folder: string,
  deps: PublishDeps,
  options: PublishOptions = {},
): Promise<PublishOutcome> {
  const { prefix = '', prune = false, signal } = options;
  checkTags(options.tags);
  const { files, left } = await readFolder(folder);
  if (files.length === 0)
    throw new FolderFault(`${folder} has no file to publish: nothing was done, and nothing removed.`);
  const scanned = await scanFiles(files, options, signal);
  const manifest = await openManifest(deps.store, prefix);
  const plan = planPublish(scanned, manifest.last);
  const removed = prune ? plan.removed : [];
  const told = changedNames(plan, manifest, removed);
  const nothing = { plan, sent: [], present: [], removed: [], told: [], left };
  const isIdle = plan.steps.flat().length === 0 && removed.length === 0 && !plan.comparesWithStore;
  if (options.dryRun) return { ...nothing, removed, told };
  if (isIdle) return nothing;
  await manifest.begin(remembered(scanned, manifest, false));
  const { sent, present } = await sendSteps(plan, {
    send: createSendFile(deps, { treatment: options, prefix, compares: plan.comparesWithStore, signal }),
    onProgress: options.onProgress,
  });
  await removeGone(removed, { store: deps.store, prefix, last: manifest.last });
  signal?.throwIfAborted();
  if (told.length > 0) await options.tellCaches?.(told);
  await manifest.end(remembered(scanned, manifest, prune));
  return { plan, sent, present, removed, told, left };
}

/** What bears a hash never has another version. */
function changedNames(
  plan: PublishPlan<ScannedFile>,
  { last }: RememberedManifest,
  removed: readonly string[],
): string[] {
  // After an interruption what is stored may be newer than the manifest, though the folder is as the manifest says.
  const isChanged = (file: LocalFile) => plan.comparesWithStore || !isSame(file, last.files[file.key]);
  const changed = plan.steps.flat().filter(isChanged);
  const names = changed.map(file => (file.coding && variantOf(file.key)?.key) ?? file.key);
  return [...new Set([...names, ...removed])].filter(key => !isContentName(key)).sort();
}

/** What was not removed is still there, and a later run may remove it. */
function remembered(files: readonly ScannedFile[], { last }: RememberedManifest, prune: boolean) {
  const kept = prune ? {} : last.files;
  const now = files.map(({ key, sha256, bytes, form }) => [key, { sha256, bytes, form }] as const);
  return { ...kept, ...Object.fromEntries(now) };
}
