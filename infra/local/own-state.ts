/**
 * Takes a state directory for this run alone, and ends what a killed run left there.
 *
 * Shape   folder -> RunRecord, which also holds the lock until this process ends
 * Units   milliseconds
 * Errors  StartError (3) when another run holds it and does not end
 */

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { EXIT, StartError } from './part.ts';
import { lockReleased, tryLock } from './run/lock.mjs';
import { createRunRecord, endLeftovers, isLauncherLeaving, type RunRecord } from './run-record.ts';

/** A run that was just stopped needs a moment to end. */
const PATIENCE_MS = 3_000;
/** One whose parent is gone will end, however long it takes on a busy machine. */
const LONG_PATIENCE_MS = 60_000;

export async function ownState(stateDir: string, say: (line: string) => void): Promise<RunRecord> {
  const file = join(stateDir, 'run.json');
  await holdLock(stateDir, { file, say });
  const ended = await endLeftovers(file);
  if (ended.length > 0) say(`Ended what an earlier run left: ${ended.join(', ')}.`);
  return createRunRecord(file);
}

interface Holding {
  readonly file: string;
  readonly say: (line: string) => void;
}

async function holdLock(stateDir: string, { file, say }: Holding): Promise<void> {
  const [patience, longPatience] = [PATIENCE_MS, LONG_PATIENCE_MS].map(ms => AbortSignal.timeout(ms));
  for (let attempt = 0; (await tryLock('stack', stateDir)) === undefined; attempt += 1) {
    const isOver = isLauncherLeaving(file) ? longPatience?.aborted : patience?.aborted;
    if (isOver) throw inUse(stateDir);
    if (attempt === 0) say('Another run uses this folder; waiting a moment for it to end.');
    await Promise.race([lockReleased('stack', stateDir), wait(PATIENCE_MS, undefined, { ref: false })]);
  }
}

function inUse(stateDir: string): StartError {
  return new StartError(EXIT.portTaken, `Another npm start runs with ${stateDir}: stop that one, or use it.`);
}
