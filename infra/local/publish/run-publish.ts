/**
 * Carries an order out, with a bar, and says what came of it.
 *
 * Shape   order -> exit code: 0 done, 1 it failed or was interrupted, 2 the folder cannot be published
 */

import { AssetInvalid } from '../../../functions/publishing/check-asset.ts';
import { createPublishDeps } from '../../../functions/publishing/publish-deps.ts';
import { type PublishOutcome, publishFolder } from '../../../functions/publishing/publish-folder.ts';
import { FolderFault } from '../../../functions/publishing/read-folder.ts';
import type { PublishProgress } from '../../../functions/publishing/send-steps.ts';
import { openPictures } from '../../../functions/publishing.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import type { Bar } from '../jobs/bar.ts';
import { EXIT } from '../part.ts';
import type { PublishOrder } from './command.ts';
import type { TellCaches } from './tell-caches.ts';
import { outcomeAsJson, wordBytes, wordFailure, wordOutcome } from './words.ts';

export interface RunPublish {
  readonly store: AssetStore;
  /** As a person knows it. */
  readonly where: string;
  readonly tellCaches: TellCaches | undefined;
  readonly signal: AbortSignal;
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
  readonly openBar: () => Bar;
}

export async function runPublish(order: PublishOrder, deps: RunPublish): Promise<number> {
  const { where, say, tellCaches } = deps;
  try {
    const outcome = await publishWithBar(order, deps);
    if (order.json) say(outcomeAsJson(outcome));
    else
      for (const line of wordOutcome({ outcome, where, dryRun: order.dryRun, tells: Boolean(tellCaches) }))
        say(line);
    return EXIT.stopped;
  } catch (error) {
    return complainOf(error, deps);
  }
}

async function publishWithBar(order: PublishOrder, deps: RunPublish): Promise<PublishOutcome> {
  const { store, signal, tellCaches, openBar, complain } = deps;
  const { folder, pictures, json: _, endpoint: _2, ...asked } = order;
  let bar: Bar | undefined;
  const onProgress = (progress: PublishProgress) => {
    bar ??= openBar();
    bar.show(percentOf(progress), wordsOf(progress));
  };
  try {
    return await publishFolder(folder, createPublishDeps(store), {
      ...asked,
      ...(pictures && { pictures: await openPictures() }),
      ...(tellCaches && { tellCaches }),
      signal,
      onProgress,
      onLeft: (key, reason) => complain(`${key} stays as it is: ${reason}`),
    });
  } finally {
    bar?.end();
  }
}

function percentOf({ doneBytes, totalBytes, doneFiles, totalFiles }: PublishProgress): number {
  if (doneFiles === totalFiles) return 100;
  return totalBytes === 0 ? 0 : Math.floor((99 * Math.min(doneBytes, totalBytes)) / totalBytes);
}

function wordsOf({ doneBytes, totalBytes, doneFiles, totalFiles }: PublishProgress): string {
  return `${doneFiles} of ${totalFiles} files, ${wordBytes(doneBytes)} of ${wordBytes(totalBytes)}`;
}

function complainOf(error: unknown, { complain, signal }: RunPublish): number {
  if (error instanceof FolderFault || error instanceof AssetInvalid) {
    complain(error.message);
    return EXIT.badSetting;
  }
  complain(signal.aborted ? 'Interrupted: run the same command again to go on.' : wordFailure(error));
  return EXIT.failure;
}
