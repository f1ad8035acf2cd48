/**
 * When workerd listens, and when it answers.
 *
 * Source  workerd serve --help, --control-fd
 */

import { get } from 'node:http';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** The port it listens on, which workerd itself reports as a line of JSON. */
export function listeningPort(control: Readable): Promise<number> {
  return new Promise(resolve => {
    createInterface({ input: control }).on('line', line => {
      const message = JSON.parse(line) as { event: string; port?: number };
      if (message.event === 'listen' && message.port !== undefined) resolve(message.port);
    });
  });
}

/** Resolves with the first answer, whatever its status. */
export function answered(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, response => {
      response.resume();
      resolve();
    }).on('error', reject);
  });
}
