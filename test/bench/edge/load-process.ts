/**
 * The load's own process: sends a bounded number of requests over a few kept connections, one at a time on each, and reads
 * every answer to its end.
 *
 * Shape   message Load in, 'done' or the reason as text out; ends with its parent
 * Errors  any answer but a whole 200 with Content-Length is a reason to stop
 */

import { connect } from 'node:net';
import type { Load } from './load.ts';

process.on('message', (load: Load) => {
  run(load).then(
    () => process.send?.('done'),
    error => process.send?.(String(error)),
  );
});
process.on('disconnect', () => process.exit());

async function run(load: Load): Promise<void> {
  let next = 0;
  const take = () => (next < load.requests ? next++ : undefined);
  await Promise.all(Array.from({ length: load.connections }, () => useConnection(load, take)));
}

function useConnection(load: Load, take: () => number | undefined): Promise<void> {
  const { hostname, port, host, pathname } = new URL(load.url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    const ask = () => {
      const number = take();
      if (number === undefined) return socket.end(resolve);
      const target = load.unique ? `${pathname}?n=${load.unique}-${number}` : pathname;
      const lines = Object.entries(load.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\n${lines.join('')}\r\n`);
    };
    socket.on('data', chunk => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const size = sizeOfAnswer(received);
      if (size === 'wrong') return socket.destroy(new Error(received.toString('latin1')));
      if (size === 'unknown' || received.length < size) return;
      received = received.subarray(size);
      ask();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed')));
    socket.on('connect', ask);
  });
}

/** Head and body; unknown until the head is there. */
function sizeOfAnswer(bytes: Buffer): number | 'unknown' | 'wrong' {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return 'unknown';
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (!head.startsWith('HTTP/1.1 200 ') || length === undefined) return 'wrong';
  return end + 4 + Number(length);
}
