/**
 * The Redis port straight onto the embedded engine, without a network in between: with any clock, and with the bill.
 */

import { createEngine, type Engine } from '../../infra/local/redis/engine.ts';
import type { Clock } from '../../shared/primitives/clock.ts';
import type { Redis, RedisCommand } from '../../shared/redis/redis.ts';

export interface EngineRedis extends Redis {
  readonly engine: Engine;
  /** All commands since the last call of this, in order. */
  takeCommands(): RedisCommand[];
  /** Since the start: round trips as the REST protocol makes them, and commands as Upstash counts them. */
  bill(): { readonly trips: number; readonly billed: number };
}

export async function createEngineRedis(clock: Clock): Promise<EngineRedis> {
  const engine = await createEngine({ clock, random: () => 0 });
  let [trips, sent] = [0, 0];
  const commands: RedisCommand[] = [];
  return {
    engine,
    async pipeline(batch) {
      trips += tripsOf(batch);
      sent += batch.length;
      commands.push(...batch);
      return batch.map(command => engine.run(command.map(bytesOf)));
    },
    takeCommands: () => commands.splice(0),
    bill: () => ({ trips, billed: sent + engine.scriptedCommands() }),
  };
}

/** Bytes travel alone. */
function tripsOf(batch: readonly RedisCommand[]): number {
  const withBytes = batch.filter(command => command.some(argument => argument instanceof Uint8Array)).length;
  return withBytes + (withBytes < batch.length ? 1 : 0);
}

function bytesOf(argument: RedisCommand[number]): Uint8Array {
  return argument instanceof Uint8Array ? argument : new TextEncoder().encode(String(argument));
}
