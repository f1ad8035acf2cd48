/**
 * Tells other programs where a running stack is: `.headrace/stack.json`, there from ready to stop, for its owner only.
 *
 * Others script against its names: {edge, origin, redis: {url, token}, database, aws: {endpoint}, pids: {edge, redis,
 * postgres, functions, origin}}, with null where a part has no process.
 */

import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirIn } from './paths.ts';
import type { RunningParts } from './start-parts.ts';
import { replaceFile } from './write-file.ts';

export function writeStackFile(stateDir: string, parts: RunningParts): void {
  replaceFile(pathIn(stateDir), `${JSON.stringify(contentOf(parts), null, 2)}\n`);
}

export function removeStackFile(stateDir: string): void {
  rmSync(pathIn(stateDir), { force: true });
}

/** The text of the stack that runs here; undefined where none does. */
export function readStackFile(environment: NodeJS.ProcessEnv): Promise<string | undefined> {
  return readFile(pathIn(stateDirIn(environment)), 'utf8').catch(() => undefined);
}

interface Written {
  readonly edge?: unknown;
  readonly database?: unknown;
  readonly aws?: { readonly endpoint?: unknown };
}

/** One address out of that text; undefined where it is not there, or no stack runs. */
export function addressIn(text = '{}', pick: (stack: Written) => unknown): string | undefined {
  try {
    const address = pick(JSON.parse(text));
    return typeof address === 'string' ? address : undefined;
  } catch {
    return undefined;
  }
}

function pathIn(stateDir: string): string {
  return join(stateDir, 'stack.json');
}

function contentOf({ edge, origin, redis, postgres, aws, functions }: RunningParts) {
  return {
    edge: edge.url,
    origin: origin.url,
    redis: { url: redis.url, token: redis.token },
    database: postgres.url,
    aws: { endpoint: aws.endpoint },
    pids: {
      edge: edge.pid,
      redis: redis.pid,
      postgres: postgres.pid,
      functions: functions.pid,
      origin: origin.pid,
    },
  };
}
