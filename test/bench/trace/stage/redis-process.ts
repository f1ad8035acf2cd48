/**
 * The embedded Redis behind a gateway that counts, in a process of its own.
 *
 * Shape   TOKEN -> { url }; then 'collect' -> RedisCounters; ends with its parent
 */

import { serveLoopback } from '../../../../infra/local/loopback.ts';
import { createEngine } from '../../../../infra/local/redis/engine.ts';
import { createGateway } from '../../../../infra/local/redis/gateway.ts';
import type { RedisCounters } from '../measuring/figures.ts';

const engine = await createEngine({ clock: Date.now, random: Math.random });
const count = { trips: 0, commands: 0 };
const gateway = createGateway({
  executor: engine,
  token: process.env.TOKEN ?? '',
  onRequest({ commands }) {
    count.trips += 1;
    count.commands += commands;
  },
});

process.on('disconnect', () => process.exit());
process.on('message', () => {
  const billed = count.commands + engine.scriptedCommands();
  process.send?.({ ...count, billed } satisfies RedisCounters);
});
process.send?.({ url: (await serveLoopback(gateway)).origin });
