/**
 * A process of the bench's own that listens, and gives account when it is asked.
 *
 * Shape   file, environment -> { url, collect, stop }
 * Errors  rejects with the process's last words when it ends before it listens
 */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Child<Account> {
  readonly url: string;
  collect(): Promise<Account>;
  stop(): Promise<void>;
}

export async function startChild<Account>(
  file: 'origin-process.ts' | 'redis-process.ts',
  environment: Readonly<Record<string, string>>,
): Promise<Child<Account>> {
  const child = fork(join(import.meta.dirname, file), { env: environment });
  const exit = once(child, 'exit');
  const ended = exit.then(([code]) => {
    throw new Error(`${file} ended with ${code} before it listened`);
  });
  const [{ url }] = (await Promise.race([once(child, 'message'), ended])) as [{ url: string }];
  ended.catch(() => {});
  return {
    url,
    async collect() {
      child.send('collect');
      return (await once(child, 'message'))[0] as Account;
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exit;
    },
  };
}
