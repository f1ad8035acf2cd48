/**
 * A few kept connections to one server, each with one request at a time, and every byte that crosses them counted, heads
 * included.
 *
 * Shape   origin, connections -> { ask, wireBytes, close }
 * Units   milliseconds, from the moment a request is sent to the last byte of its answer
 * Errors  a connection that breaks rejects; an answer larger than MOST_BYTES too
 */

import type { Socket } from 'node:net';
import { promisify } from 'node:util';
import * as zlib from 'node:zlib';
import { buildConnector, Pool } from 'undici';

export interface Question {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** As it crossed the wire. */
  readonly body: Buffer;
  readonly askedAt: number;
  readonly tookMs: number;
}

export interface Wire {
  ask(question: Question): Promise<Answer>;
  wireBytes(): number;
  close(): Promise<void>;
}

const MOST_BYTES = 64 * 1024 * 1024;

/** The machine's own monotonic clock, which all its processes share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function openWire(origin: string, connections: number): Wire {
  const sockets: Socket[] = [];
  const connector = buildConnector({});
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    maxResponseSize: MOST_BYTES,
    connect(options, done) {
      connector(options, (error, socket) => {
        if (error || !socket) return done(error ?? new Error('no connection'), null);
        sockets.push(socket);
        done(null, socket);
      });
    },
  });
  return {
    async ask({ method, path, headers, body }) {
      const askedAt = machineMs();
      const answer = await pool.request({ method, path, headers, body: body ?? null });
      const bytes = Buffer.from(await answer.body.arrayBuffer());
      const { statusCode: status, headers: received } = answer;
      return { status, headers: received, body: bytes, askedAt, tookMs: machineMs() - askedAt };
    },
    wireBytes: () => sockets.reduce((sum, { bytesRead, bytesWritten }) => sum + bytesRead + bytesWritten, 0),
    close: () => pool.destroy(),
  };
}

const DECODERS: Readonly<Record<string, (body: Buffer) => Promise<Buffer>>> = {
  br: promisify(zlib.brotliDecompress),
  gzip: promisify(zlib.gunzip),
  zstd: promisify(zlib.zstdDecompress),
};

export async function decodedBody({ headers, body }: Answer): Promise<Buffer> {
  const coding = String(headers['content-encoding'] ?? '');
  if (coding === '' || body.length === 0) return body;
  const decode = DECODERS[coding];
  if (decode === undefined) throw new Error(`an answer came in ${coding}, which nobody had asked for`);
  return decode(body);
}
