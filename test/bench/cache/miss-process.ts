/**
 * One of the processes that miss at once: connects, says so, waits for the word, and tells how often it loaded.
 *
 * Shape   messages: Order in, 'ready' out, 'go' in, number of loads out; ends with its parent
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { type Contender, openOurs, PEERS } from './contenders.ts';
import type { Address } from './server.ts';

export interface Order {
  readonly contender: string;
  readonly address: Address;
  readonly key: string;
  readonly misses: number;
}

const LOAD_MS = 300;
let ready: { readonly contender: Contender; readonly order: Order } | undefined;

process.on('message', (message: Order | 'go') => {
  if (message === 'go') void miss().then(loads => process.send?.(loads));
  else void connect(message).then(() => process.send?.('ready'));
});
process.on('disconnect', () => process.exit());

async function connect(order: Order): Promise<void> {
  const open = { ours: openOurs, ...PEERS }[order.contender];
  if (!open) throw new Error(`nobody is called ${order.contender}`);
  const contender = open(order.address, { lease: true });
  await contender.get('nothing');
  ready = { contender, order };
}

async function miss(): Promise<number> {
  if (!ready) throw new Error('told to go before it was ready');
  const { contender, order } = ready;
  let loads = 0;
  const load = async () => {
    loads += 1;
    await sleep(LOAD_MS);
    return 'value';
  };
  await Promise.all(Array.from({ length: order.misses }, () => contender.getOrLoad(order.key, load)));
  return loads;
}
