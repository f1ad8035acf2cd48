/**
 * Tells other programs where a running stack is: `.headrace/stack.json`, there from ready to stop, for its owner only.
 *
 * Others script against its names: {edge, origin, redis: {url, token}, database, aws: {endpoint}, pids: {edge, redis,
 * postgres, functions, origin}}, with null where a part has no process.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningParts } from './start-parts.ts';
import { replaceFile } from './write-file.ts';

export function writeStackFile(stateDir: string, parts: RunningParts): void {
  replaceFile(pathIn(stateDir), `${JSON.stringify(contentOf(parts), null, 2)}\n`);
}

export function removeStackFile(stateDir: string): void {
  rmSync(pathIn(stateDir), { force: true });
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
