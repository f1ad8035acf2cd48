/**
 * The REST gateway in a process of its own, as Upstash is: its processor time is nobody's who is measured.
 *
 * Shape   port of redis-server and token as arguments; messages: url out, 'counts' in, Counts out; ends with its parent
 */

import { serveLoopback } from '../../../infra/local/loopback.ts';
import { createGateway } from '../../../infra/local/redis/gateway.ts';
import { connectRedisServer } from '../../../infra/local/redis/redis-server.ts';
import type { Counts } from './server.ts';

const [port, token = ''] = process.argv.slice(2);
const executor = await connectRedisServer({ port: Number(port), host: '127.0.0.1' });
const ours = { trips: 0, sent: 0 };
const gateway = createGateway({
  executor,
  token,
  onRequest({ commands }) {
    ours.trips += 1;
    ours.sent += commands;
  },
});
const server = await serveLoopback(gateway);
process.on('message', async () =>
  process.send?.({ ...ours, commands: await countCommands() } satisfies Counts),
);
process.on('disconnect', () => process.exit());
process.send?.(server.origin);

/** What connecting and this question itself run is not counted. */
const OWN = /^cmdstat_(info|hello|client\S*|ping|subscribe|psubscribe|quit|select):/;

async function countCommands(): Promise<number> {
  const reply = await executor.run(['INFO', 'commandstats'].map(text => new TextEncoder().encode(text)));
  const lines = new TextDecoder().decode(reply as Uint8Array).split('\r\n');
  const calls = lines
    .filter(line => !OWN.test(line))
    .map(line => Number(/:calls=(\d+)/.exec(line)?.[1] ?? 0));
  return calls.reduce((sum, count) => sum + count, 0);
}
