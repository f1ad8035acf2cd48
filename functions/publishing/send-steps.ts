/**
 * Sends the steps of a plan, one after the other, some files of a step at once, and tells how far it is.
 *
 * Shape   plan -> keys that were sent, and keys that were there already
 * Units   bytes
 * Errors  the first file's that fails: no further step begins, so no page comes without what it names
 */

import { mapBounded } from '../../shared/primitives/bounded.ts';
import type { PublishPlan } from '../../shared/publishing/plan-publish.ts';
import type { ScannedFile } from './scan-files.ts';
import type { SendFile } from './send-file.ts';
import { FILES_AT_ONCE } from './sizes.ts';

export interface PublishProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly doneFiles: number;
  readonly totalFiles: number;
}

export interface SendSteps {
  readonly send: SendFile;
  readonly onProgress: ((progress: PublishProgress) => void) | undefined;
}

export async function sendSteps({ steps }: PublishPlan<ScannedFile>, { send, onProgress }: SendSteps) {
  const all = steps.flat();
  const totals = { totalFiles: all.length, totalBytes: all.reduce((sum, { bytes }) => sum + bytes, 0) };
  const keys = { sent: [] as string[], present: [] as string[] };
  let [doneBytes, doneFiles] = [0, 0];
  const tell = () => onProgress?.({ doneBytes, doneFiles, ...totals });
  tell();
  const sendOne = async (file: ScannedFile) => {
    const how = await send(file, bytes => {
      doneBytes += bytes;
      tell();
    });
    keys[how].push(file.key);
    doneFiles++;
    tell();
  };
  for (const step of steps) await allOrNone(step, sendOne);
  return keys;
}

/** What is under way when one fails is waited for: the next run finds it there. */
async function allOrNone(step: readonly ScannedFile[], send: (file: ScannedFile) => Promise<void>) {
  const failures: unknown[] = [];
  await mapBounded(step, FILES_AT_ONCE, async file => {
    if (failures.length === 0) await send(file).catch(error => void failures.push(error));
  });
  if (failures.length > 0) throw failures[0];
}
