/**
 * A real redis-server as executor, over one connection: commands go out as they come, replies return in that order.
 *
 * Errors  rejects when the connection cannot be made or ends; it is not made again
 * Source  redis.io "Redis serialization protocol specification"; "INFO", section commandstats
 */
import { once } from 'node:events';
import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { RedisError } from '../../../shared/redis/redis.ts';
import { decodeReplies } from '../../../shared/redis/resp.ts';
import { bytesOf, type Command, type Executor, nameOf, type Reply } from './reply.ts';
import { encodeCommands } from './resp.ts';
import { replyEnd } from './resp-frames.ts';

export interface RedisServer extends Executor {
  run(command: Command): Promise<Reply>;
  transaction(commands: readonly Command[]): Promise<Reply>;
  close(): void;
}

interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

export async function connectRedisServer(address: NetConnectOpts): Promise<RedisServer> {
  const socket = connect(address).setNoDelay(true);
  await once(socket, 'connect');
  const send = createSender(socket);
  let counted = 0;

  async function count(reply: Promise<Reply>): Promise<Reply> {
    const given = await reply;
    const isUnknown = given instanceof RedisError && given.message.startsWith('ERR unknown command');
    if (!isUnknown) counted++;
    return given;
  }

  const run = (command: Command) => count(send(command));
  return {
    run,
    async transaction(commands) {
      const all = [[bytesOf('MULTI')], ...commands, [bytesOf('EXEC')]].map(run);
      return (await Promise.all(all)).at(-1) ?? null;
    },
    // The server counts every command; what we did not send came from scripts.
    async scriptedCommands() {
      const before = counted;
      const info = await run([bytesOf('INFO'), bytesOf('commandstats')]);
      return sumCalls(info instanceof Uint8Array ? nameOf(info) : '') - before;
    },
    close: () => socket.destroy(),
  };
}

function createSender(socket: Socket): (command: Command) => Promise<Reply> {
  const waiting: Waiting[] = [];
  let received = Buffer.alloc(0);
  let ended: Error | undefined;

  socket.on('data', chunk => {
    received = Buffer.concat([received, chunk]);
    for (let end = replyEnd(received, 0); end > 0; end = replyEnd(received, 0)) {
      const [reply = null] = decodeReplies(received.subarray(0, end));
      waiting.shift()?.resolve(reply);
      received = received.subarray(end);
    }
  });
  socket.on('error', error => {
    ended = error;
  });
  socket.on('close', () => {
    ended ??= new Error('redis-server closed the connection');
    for (const { reject } of waiting.splice(0)) reject(ended);
  });

  return command =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended);
      waiting.push({ resolve, reject });
      socket.write(encodeCommands([command]));
    });
}

function sumCalls(info: string): number {
  const calls = info.matchAll(/(?:calls|rejected_calls)=(\d+)/g);
  return Array.from(calls, ([, number]) => Number(number)).reduce((sum, number) => sum + number, 0);
}
