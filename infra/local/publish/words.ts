/**
 * What a run did, or would do, as a person reads it in a terminal.
 *
 * Shape   outcome -> lines
 * Units   bytes
 */

import type { PublishOutcome } from '../../../functions/publishing/publish-folder.ts';
import { AssetStoreError } from '../../../shared/publishing/asset-store.ts';

export interface Told {
  readonly outcome: PublishOutcome;
  readonly where: string;
  readonly dryRun: boolean;
  readonly tells: boolean;
}

export function wordOutcome({ outcome, where, dryRun, tells }: Told): string[] {
  const { plan, sent, present, removed, told, left } = outcome;
  const files = plan.steps.flat();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const skipped = left.map(({ path, why }) => `left out  ${path}: ${why}`);
  if (dryRun) {
    const names = files.map(({ key, bytes: size }) => `send      ${key}  ${wordBytes(size)}`);
    const gone = removed.map(key => `remove    ${key}`);
    const forgotten = tells ? told.map(key => `tell      ${key}`) : [];
    const sum = `Would send ${count(files.length, 'file')}, ${wordBytes(bytes)}, to ${where}; ${plan.unchanged.length} unchanged.`;
    return [...skipped, ...names, ...gone, ...forgotten, sum];
  }
  const parts = [
    `${count(sent.length, 'file')} sent`,
    ...(present.length > 0 ? [`${present.length} were there already`] : []),
    `${plan.unchanged.length} unchanged`,
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
    tells ? `caches told of ${told.length}` : 'no cache told',
  ];
  return [...skipped, `${where}: ${parts.join(', ')}.`];
}

export function outcomeAsJson({ plan, sent, present, removed, told, left }: PublishOutcome): string {
  const planned = plan.steps.flat().map(({ key }) => key);
  const unchanged = plan.unchanged.map(({ key }) => key);
  return JSON.stringify({ planned, sent, present, unchanged, removed, told, left });
}

export function wordBytes(bytes: number): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? (['B', 1] as const);
  return unit === 'B' ? `${bytes} B` : `${(bytes / size).toFixed(1)} ${unit}`;
}

/** What to do now: an interrupted run is gone on with. */
export function wordFailure(error: unknown): string {
  const sentence = error instanceof Error ? error.message : String(error);
  const isTheirs = error instanceof AssetStoreError && FINAL.has(error.code);
  return isTheirs ? sentence : `${sentence}\nRun the same command again to go on.`;
}

const FINAL: ReadonlySet<string> = new Set([
  'ASSET_STORE_REFUSED',
  'ASSET_BUCKET_MISSING',
  'ASSET_TOO_LARGE',
]);

const UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['KB', 1e3],
] as const;

function count(many: number, what: string): string {
  return `${many} ${what}${many === 1 ? '' : 's'}`;
}
