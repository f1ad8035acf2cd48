/**
 * The Redis port with all pipelines of one tick in one: who asks for ten things at once makes one trip, and they happen in
 * the order in which they were asked.
 *
 * Errors  as the port; pipelines that share a trip share its failure
 * Cost    as one pipeline of the port; a call ends with the trip, so it takes no signal of its own
 */
import type { Redis, RedisCommand, RedisReply } from './redis.ts';

interface Waiting {
  readonly commands: readonly RedisCommand[];
  readonly resolve: (replies: readonly RedisReply[]) => void;
  readonly reject: (error: unknown) => void;
}

export function createPerTick(redis: Redis): Redis {
  let waiting: Waiting[] = [];

  async function send(): Promise<void> {
    const together = waiting;
    waiting = [];
    try {
      const replies = await redis.pipeline(together.flatMap(({ commands }) => commands));
      let from = 0;
      for (const { commands, resolve } of together) {
        resolve(replies.slice(from, from + commands.length));
        from += commands.length;
      }
    } catch (error) {
      for (const { reject } of together) reject(error);
    }
  }

  return {
    pipeline: commands =>
      new Promise((resolve, reject) => {
        if (waiting.push({ commands, resolve, reject }) === 1) queueMicrotask(send);
      }),
  };
}
