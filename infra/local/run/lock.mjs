/**
 * A lock on a folder that the kernel holds: a socket in Linux's abstract namespace, which ends with its process, so that no
 * lock can be left over by one that was killed.
 *
 * Shape   tryLock(purpose, folder) -> release() | undefined when another process holds it
 */

import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';

export function tryLock(purpose, folder) {
  return new Promise(resolve => {
    const waiting = new Set();
    const server = createServer(socket => {
      waiting.add(socket);
      socket.on('error', () => {}).on('close', () => waiting.delete(socket));
    });
    // Any other error: a Node before 20.4, which cannot name such a socket. It goes on unguarded.
    server.once('error', error => resolve(error.code === 'EADDRINUSE' ? undefined : () => {}));
    server.listen(addressOf(purpose, folder), () => resolve(() => release(server, waiting)));
    server.unref();
  });
}

/** Resolves when the holder releases the lock, or dies: either closes this connection to it. */
export function lockReleased(purpose, folder) {
  return new Promise(resolve => {
    connect(addressOf(purpose, folder))
      .on('error', () => {})
      .on('close', () => resolve())
      .resume();
  });
}

function addressOf(purpose, folder) {
  return `\0headrace-${purpose}-${createHash('sha256').update(folder).digest('hex').slice(0, 32)}`;
}

function release(server, waiting) {
  server.close();
  for (const socket of waiting) socket.destroy();
}
