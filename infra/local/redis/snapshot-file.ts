/**
 * Keeps the snapshot in a file: taken at the start, written in one step at the end.
 *
 * Taken, because a run that is killed leaves none: an older one would bring back what was purged since.
 *
 * Errors  a file that cannot be used is set aside under another name and told in one sentence; the start goes on, empty
 */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Engine } from './engine.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';

export function loadSnapshotFile(engine: Engine, path: string, say: (sentence: string) => void): void {
  if (!existsSync(path)) return;
  try {
    readSnapshot(engine, readFileSync(path));
    rmSync(path);
  } catch (error) {
    const aside = `${path}.unreadable`;
    engine.db.clear();
    renameSync(path, aside);
    say(
      `Redis starts empty: its snapshot could not be read (${(error as Error).message}) and now lies at ${aside}.`,
    );
  }
}

export function saveSnapshotFile(engine: Engine, path: string): void {
  const draft = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, writeSnapshot(engine.db), { mode: 0o600 });
  renameSync(draft, path);
}
