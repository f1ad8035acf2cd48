/**
 * A door that stands before its house: the edge is told where a function answers, and the functions, which are told where
 * the edge answers, come after it. Who knocks early waits.
 *
 * Shape   openEarlyDoor() -> { origin, leadTo(origin of the function's own door) }
 * Errors  a connection to a house that is gone is closed; the client sees a connection that ended
 * Cost    bytes pass as they come: the request stays as it was signed
 */

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface EarlyDoor {
  readonly origin: string;
  leadTo(origin: string): void;
}

export async function openEarlyDoor(): Promise<EarlyDoor> {
  const { promise: house, resolve: leadTo } = Promise.withResolvers<string>();
  const server = createServer({ pauseOnConnect: true }, visitor => {
    // Who waits may leave, and that is no fault of the launcher's.
    visitor.on('error', () => visitor.destroy());
    void house.then(origin => show(visitor, new URL(origin)));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // It ends with the launcher and keeps it from nothing.
  server.unref();
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, leadTo };
}

function show(visitor: Socket, { hostname, port }: URL): void {
  if (visitor.destroyed) return;
  const inside = connect(Number(port), hostname);
  inside.on('error', () => inside.destroy());
  inside.on('close', () => visitor.destroy());
  visitor.on('close', () => inside.destroy());
  visitor.pipe(inside);
  inside.pipe(visitor);
  visitor.resume();
}
