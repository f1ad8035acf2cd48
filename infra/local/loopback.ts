/**
 * A small HTTP server on a free port of 127.0.0.1 for the parts that speak a vendor's protocol: whole requests in, whole
 * replies out.
 *
 * Units   bytes
 * Errors  a body above `maxBodyBytes` is answered 413; an answer that throws is a 500 and goes to `onError`
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WireRequest {
  readonly method: string;
  /** Path and query exactly as sent: signatures are made over these characters. */
  readonly url: string;
  /** Names in lower case, every value a header was sent with. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Uint8Array;
}

export interface WireReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Uint8Array;
}

export type Answer = (request: WireRequest) => Promise<WireReply>;

export interface LoopbackServer {
  readonly origin: string;
  close(): Promise<void>;
}

export interface LoopbackOptions {
  /** @default 12 MiB */
  readonly maxBodyBytes?: number;
  /** @default prints to standard error */
  readonly onError?: (error: unknown) => void;
}

const DEFAULTS = { maxBodyBytes: 12 * 1024 * 1024, onError: console.error } satisfies LoopbackOptions;

export async function serveLoopback(answer: Answer, options: LoopbackOptions = {}): Promise<LoopbackServer> {
  const { maxBodyBytes, onError } = { ...DEFAULTS, ...options };
  const server = createServer((request, response) => {
    respond(request, response, { answer, maxBodyBytes }).catch(error => {
      onError(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => closeNow(server) };
}

interface Responding {
  readonly answer: Answer;
  readonly maxBodyBytes: number;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: Responding,
): Promise<void> {
  const body = await readBody(request, options.maxBodyBytes);
  if (body === 'aborted') return;
  if (body === 'too-large') {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const { method = 'GET', url = '/' } = request;
  const reply = await options.answer({ method, url, headers: headersOf(request), body });
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(copyHeaders(reply.headers))) response.setHeader(name, value);
  // Head and body go out together, with their length: written apart, every answer would cost its reader three reads.
  response.end(reply.body);
}

async function readBody(
  request: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | 'too-large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.byteLength;
      if (size > maxBytes) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    // The client went away: there is nobody to answer.
    return 'aborted';
  }
  return Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values]) => [name, values ?? []]),
  );
}

function copyHeaders(headers: WireReply['headers'] = {}): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
  );
}

function closeNow(server: ReturnType<typeof createServer>): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
