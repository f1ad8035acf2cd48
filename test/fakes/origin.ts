/**
 * An origin whose every answer a test writes itself, down to the bytes on the wire, and that remembers what it was asked.
 *
 * Each page lives below a path of its own, so that tests share one origin without meeting each other's entries.
 */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  /** Lower-case names; repeated lines joined by a comma, as Node does. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Uint8Array;
}

export interface Page {
  readonly path: string;
  /** What this page was asked, in order. */
  readonly asked: readonly Asked[];
  /** From now on it answers otherwise. */
  becomes(next: Answer | Behaviour): void;
}

export interface Origin {
  readonly url: string;
  readonly host: string;
  readonly asked: readonly Asked[];
  page(answer: Answer | Behaviour): Page;
  stop(): Promise<void>;
}

export async function startOrigin(): Promise<Origin> {
  const pages = new Map<string, { behave: Behaviour; asked: Asked[] }>();
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  const respond: Behaviour = (request, response) => {
    const seen = record(request);
    asked.push(seen);
    const [, name = ''] = /^\/+([^/?#]*)/.exec(request.url ?? '') ?? [];
    const page = pages.get(name);
    if (!page) return response.writeHead(404).end('no such page');
    page.asked.push(seen);
    return page.behave(request, response);
  };
  const server = createServer({ keepAliveTimeout: 60_000 }, respond)
    .on('connection', socket => sockets.add(socket))
    .on('upgrade', (request, socket) => respond(request, socket as never))
    .on('clientError', (_, socket) => socket.destroy())
    .listen(0, '127.0.0.1');
  await once(server, 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${host}`,
    host,
    asked,
    page(answer) {
      const name = `page-${pages.size + 1}`;
      const page = { behave: behaviourOf(answer), asked: [] as Asked[] };
      pages.set(name, page);
      return {
        path: `/${name}`,
        asked: page.asked,
        becomes: next => {
          page.behave = behaviourOf(next);
        },
      };
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

function behaviourOf(answer: Answer | Behaviour): Behaviour {
  if (typeof answer === 'function') return answer;
  const { status = 200, headers = {}, body = '' } = answer;
  return (_, response) => response.writeHead(status, headers).end(body);
}

/** Bytes on the wire in place of a response, and the end of the connection. */
export function raw(bytes: string | Uint8Array, ending: 'end' | 'reset' | 'open' = 'end'): Behaviour {
  return ({ socket }) => {
    socket.write(bytes, () => {
      if (ending === 'end') socket.end();
      if (ending === 'reset') socket.resetAndDestroy();
    });
  };
}

function record(request: IncomingMessage): Asked {
  const { method = '', url = '', headers, rawHeaders } = request;
  return { method, url, headers, rawHeaders };
}
