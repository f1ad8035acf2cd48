/**
 * Neon's proxy in front of a PostgreSQL, as its driver meets it: POST /sql carries out one statement or a transaction of several,
 * and a WebSocket carries PostgreSQL's own protocol.
 *
 * Source  @neondatabase/serverless: neon-connection-string, neon-batch-*, Neon-Array-Mode; rows are texts with the types' oids
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { Client } from 'pg';

export interface NeonProxy {
  /** `127.0.0.1:port`. */
  readonly host: string;
  readonly requests: readonly { readonly path: string; readonly readOnly: string | undefined }[];
  stop(): Promise<void>;
}

interface SqlRequest {
  readonly query?: string;
  readonly params?: unknown[];
  readonly queries?: readonly { readonly query: string; readonly params: unknown[] }[];
}

export async function startNeonProxy(databaseUrl: string): Promise<NeonProxy> {
  const requests: { path: string; readOnly: string | undefined }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const readOnly = request.headers['neon-batch-read-only'];
    requests.push({
      path: request.url ?? '',
      readOnly: readOnly === undefined ? undefined : String(readOnly),
    });
    const body = JSON.parse(await textOf(request)) as SqlRequest;
    try {
      const answer = await carryOut(databaseUrl, body, readOnly === 'true');
      response.end(JSON.stringify(answer));
    } catch (error) {
      const { message, code } = error as { message: string; code: string };
      response.statusCode = 400;
      response.end(JSON.stringify({ message, code, severity: 'ERROR' }));
    }
  });
  server.on('upgrade', (request, socket: Socket) => {
    requests.push({ path: request.url ?? '', readOnly: undefined });
    const { hostname, port } = new URL(databaseUrl);
    const upstream = connect(Number(port), hostname);
    for (const each of [socket, upstream]) sockets.add(each.on('error', () => each.destroy()));
    socket.write(acceptance(request.headers['sec-websocket-key'] ?? ''));
    relay(socket, upstream);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise(resolve => server.close(resolve));
    },
  };
}

async function carryOut(
  url: string,
  { query, params, queries }: SqlRequest,
  readOnly: boolean,
): Promise<unknown> {
  const raw = { getTypeParser: () => (value: unknown) => value };
  const client = new Client({ connectionString: url, types: raw as never });
  await client.connect();
  const one = async (text: string, values: unknown[]) => {
    const { rows, fields, command, rowCount } = await client.query({ text, values, rowMode: 'array' });
    return { rows, fields, command, rowCount };
  };
  try {
    if (query !== undefined) return await one(query, params ?? []);
    await client.query(`BEGIN${readOnly ? ' READ ONLY' : ''}`);
    const results = [];
    for (const each of queries ?? []) results.push(await one(each.query, each.params));
    await client.query('COMMIT');
    return { results };
  } finally {
    await client.end();
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const acceptance = (key: string): string => {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
};

/** Frames of a client are masked; a server's are not. A frame to close ends both sides. */
function relay(socket: Socket, upstream: Socket): void {
  let held = Buffer.alloc(0);
  socket.on('data', (data: Buffer) => {
    held = Buffer.concat([held, data]);
    for (let frame = takeFrame(held); frame; frame = takeFrame(held)) {
      held = held.subarray(frame.length);
      if (frame.opcode === 8) upstream.end();
      else upstream.write(frame.payload);
    }
  });
  upstream.on('data', (data: Buffer) => socket.write(Buffer.concat([frameHead(data.length), data])));
  upstream.on('close', () => socket.end(Buffer.from([0x88, 0])));
  socket.on('close', () => upstream.destroy());
}

function takeFrame(held: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  if (held.length < 6) return undefined;
  const short = (held[1] as number) & 0x7f;
  const extra = short === 126 ? 2 : short === 127 ? 8 : 0;
  if (held.length < 6 + extra) return undefined;
  const size = extra === 0 ? short : extra === 2 ? held.readUInt16BE(2) : Number(held.readBigUInt64BE(2));
  const start = 6 + extra;
  if (held.length < start + size) return undefined;
  const mask = held.subarray(start - 4, start);
  const payload = Buffer.from(
    held.subarray(start, start + size).map((byte, at) => byte ^ (mask[at % 4] as number)),
  );
  return { opcode: (held[0] as number) & 0x0f, payload, length: start + size };
}

function frameHead(length: number): Buffer {
  if (length < 126) return Buffer.from([0x82, length]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head[0] = 0x82;
  head[1] = length < 65_536 ? 126 : 127;
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}
