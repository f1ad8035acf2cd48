/**
 * Writes RESP2: commands for a real server and for the snapshot, replies for clients that ask for the raw form.
 *
 * Source  redis.io "Redis serialization protocol specification", RESP2 part
 */
import { RedisError } from '../../../shared/redis/redis.ts';
import type { Bytes, Command, Reply } from './reply.ts';

const END = Buffer.from('\r\n');

export function encodeCommands(commands: readonly Command[]): Buffer {
  const chunks: Bytes[] = [];
  for (const command of commands) {
    chunks.push(Buffer.from(`*${command.length}\r\n`));
    for (const argument of command) pushBulk(chunks, argument);
  }
  return Buffer.concat(chunks);
}

export function encodeReplies(replies: readonly Reply[]): Buffer {
  const chunks: Bytes[] = [];
  for (const reply of replies) pushReply(chunks, reply);
  return Buffer.concat(chunks);
}

function pushReply(chunks: Bytes[], reply: Reply): void {
  if (reply instanceof Uint8Array) pushBulk(chunks, reply);
  else if (reply === null) chunks.push(Buffer.from('$-1\r\n'));
  else if (typeof reply === 'number') chunks.push(Buffer.from(`:${BigInt(reply)}\r\n`));
  else if (typeof reply === 'string') chunks.push(Buffer.from(`+${oneLine(reply)}\r\n`));
  else if (reply instanceof RedisError) chunks.push(Buffer.from(`-${oneLine(reply.message)}\r\n`));
  else {
    chunks.push(Buffer.from(`*${reply.length}\r\n`));
    for (const item of reply) pushReply(chunks, item);
  }
}

function pushBulk(chunks: Bytes[], bytes: Bytes): void {
  chunks.push(Buffer.from(`$${bytes.length}\r\n`), bytes, END);
}

// A script may put line ends into an error: they would end the line early and shift every reply after it.
function oneLine(text: string): string {
  return text.replace(/[\r\n]/g, ' ');
}
