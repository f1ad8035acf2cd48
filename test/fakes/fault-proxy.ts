/**
 * A TCP proxy that fails on command, between the edge and whatever it talks to.
 *
 * Shape   target -> { url of the proxy, fail(fault), heal() }
 * Units   milliseconds and bytes
 */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Fault =
  | { readonly kind: 'none' }
  /** Nobody listens. */
  | { readonly kind: 'refuse' }
  /** Accepts, and says nothing ever. */
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  /** Ends the connection after so many bytes of the answer. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Answers every connection with these bytes itself. */
  | { readonly kind: 'say'; readonly bytes: string };

export interface FaultProxy {
  readonly url: string;
  /** Holds for connections from now on; those that are open end, so that none goes on as before. */
  fail(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  /** Connections taken since the last fault or healing. */
  connections(): number;
  stop(): Promise<void>;
}

export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let fault: Fault = { kind: 'none' };
  let taken = 0;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  };
  const server = createServer(client => {
    taken++;
    handle(keep(client), fault, () => keep(connect(Number(port), hostname)));
  });
  const listen = async (at: number) => {
    server.listen(at, '127.0.0.1');
    await once(server, 'listening');
  };
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  async function fail(next: Fault): Promise<void> {
    await close();
    fault = next;
    taken = 0;
    if (next.kind !== 'refuse') await listen(own);
  }
  return {
    url: `http://127.0.0.1:${own}`,
    fail,
    heal: () => fail({ kind: 'none' }),
    connections: () => taken,
    stop: close,
  };
}

function handle(client: Socket, fault: Fault, open: () => Socket): void {
  switch (fault.kind) {
    case 'hang':
      return void client.resume();
    case 'reset':
      return void client.once('data', () => client.resetAndDestroy());
    case 'say':
      return void client.once('data', () => client.end(fault.bytes));
    default:
      relay(client, open(), fault);
  }
}

function relay(client: Socket, server: Socket, fault: Fault): void {
  let passed = 0;
  client.on('data', chunk => server.write(chunk));
  server.on('data', async chunk => {
    if (fault.kind === 'delay') await sleep(fault.ms);
    const left = fault.kind === 'cut' ? fault.afterBytes - passed : chunk.length;
    passed += chunk.length;
    client.write(chunk.subarray(0, Math.max(0, left)));
    if (left < chunk.length) client.destroySoon();
  });
  client.on('close', () => server.destroy());
  server.on('close', () => client.end());
}
