/**
 * Replaces a file in one step, readable by its owner only: a reader sees the old text or the new, never half of one.
 */

import { randomUUID } from 'node:crypto';
import { renameSync, writeFileSync } from 'node:fs';

export function replaceFile(path: string, text: string): void {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, text, { mode: 0o600 });
  renameSync(draft, path);
}
