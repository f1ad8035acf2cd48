/**
 * Tells other programs where a running stack is: `.headrace/stack.json`, there from ready to stop, for its owner only.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './write-file.ts';

/** Others script against these names; null where a part has none. */
export interface StackFile {
  readonly edge: string;
  readonly origin: string;
  readonly redis: { readonly url: string; readonly token: string };
  readonly database: string;
  readonly aws: { readonly endpoint: string };
  readonly pids: Readonly<Record<'edge' | 'redis' | 'postgres' | 'functions' | 'origin', number | null>>;
}

const pathIn = (stateDir: string) => join(stateDir, 'stack.json');

export function writeStackFile(stateDir: string, stack: StackFile): void {
  replaceFile(pathIn(stateDir), `${JSON.stringify(stack, null, 2)}\n`);
}

export function removeStackFile(stateDir: string): void {
  rmSync(pathIn(stateDir), { force: true });
}
