import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Edge } from '../../infra/local/edge/start.ts';
import { begin, sendRaw } from './ask.ts';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;
/** An edge that waits 400 ms for an answer to begin. */
let hasty: Edge;

beforeAll(async () => {
  flow = await startFlow();
  hasty = await flow.another({ ORIGIN_TIMEOUT_MS: '400' });
});
afterAll(() => flow.stop());

const echo = () =>
  flow.origin.page(async (incoming, response) => {
    response.writeHead(200, { 'x-method': incoming.method ?? '', 'cache-control': 'max-age=60' });
    incoming.pipe(response);
  });

describe('any other method', () => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'QUERY', 'REPORT'])(
    '%s passes with its body',
    async method => {
      const page = echo();
      const reply = await flow.ask(page.path, {
        method,
        body: `by ${method}`,
        headers: { 'content-type': 'text/plain' },
      });
      expect([reply.status, reply.headers['x-method'], reply.text]).toEqual([200, method, `by ${method}`]);
      expect(reply.cacheStatus).toBe('fwd=method');
      expect(page.asked[0]?.headers['content-length']).toBe(String(`by ${method}`.length));
    },
  );

  test('goes one proxy further with each, where it says how many are left, and no further than that', async () => {
    const page = flow.origin.page((incoming, response) => {
      response.end(String(incoming.headers['max-forwards']));
    });
    const asked = async (method: string, left: string) =>
      flow.ask(page.path, { method, headers: { 'max-forwards': left } });
    expect((await asked('OPTIONS', '2')).text).toBe('1');
    expect((await asked('TRACE', '1')).text).toBe('0');
    expect((await asked('OPTIONS', '0')).headers.allow).toContain('GET');
    expect((await asked('TRACE', '0')).text).toMatch(/^TRACE \/.* HTTP\/1\.1\r\n[\s\S]*max-forwards: 0\r\n/);
    expect(page.asked.length).toBe(2);
  });

  test('its answer is never stored', async () => {
    const page = echo();
    await flow.ask(page.path, { method: 'POST', body: 'x' });
    expect((await flow.ask(page.path)).cacheStatus).toContain('fwd=uri-miss');
  });

  test('a redirect is the client’s to follow', async () => {
    const page = flow.origin.page({ status: 303, headers: { location: '/elsewhere' } });
    const reply = await flow.ask(page.path, { method: 'POST', body: 'x' });
    expect([reply.status, reply.headers.location]).toEqual([303, '/elsewhere']);
  });

  test('a client that asks for 100 (Continue) gets its answer', async () => {
    const page = echo();
    const { host } = new URL(flow.url);
    const head = `POST ${page.path} HTTP/1.1\r\nHost: ${host}\r\nExpect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n`;
    expect(await sendRaw(flow.url, `${head}hi`)).toMatch(/HTTP\/1\.1 200 OK[\s\S]*hi/);
  });
});

describe('an upload', () => {
  test('of many megabytes arrives whole, with its length', async () => {
    const body = randomBytes(12 * 1024 * 1024);
    let received = '';
    const page = flow.origin.page(async (incoming, response) => {
      const hash = createHash('sha256');
      for await (const chunk of incoming) hash.update(chunk);
      received = hash.digest('hex');
      response.end('ok');
    });
    expect((await flow.ask(page.path, { method: 'PUT', body })).text).toBe('ok');
    expect(received).toBe(createHash('sha256').update(body).digest('hex'));
    expect(page.asked[0]?.headers['content-length']).toBe(String(body.length));
  });

  test('reaches the origin piece by piece, and may take longer than an answer', async () => {
    const page = echo();
    const upload = request(flow.url + page.path, { method: 'POST' });
    upload.write('one ');
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect(String((await once(response, 'data'))[0])).toBe('one ');
    upload.end('two');
    expect(String((await once(response, 'data'))[0])).toBe('two');
  });

  test('that the client pauses in is not cut off by the origin’s time limit', async () => {
    const page = flow.origin.page(async (incoming, response) => {
      let text = '';
      for await (const chunk of incoming) text += chunk;
      response.end(text);
    });
    const upload = request(hasty.url + page.path, { method: 'POST' });
    for (const piece of ['a', 'b', 'c', 'd']) {
      upload.write(piece);
      if (piece === 'b') await new Promise(resolve => setTimeout(resolve, 600));
    }
    upload.end();
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect([response.statusCode, String((await once(response, 'data'))[0])]).toEqual([200, 'abcd']);
  });

  test('that the client breaks off ends at the origin, too', async () => {
    let broken: (value: unknown) => void = () => {};
    const brokenOff = new Promise(resolve => {
      broken = resolve;
    });
    const page = flow.origin.page(incoming => incoming.on('close', () => broken(incoming.complete)));
    const upload = request(flow.url + page.path, { method: 'POST' }).on('error', () => {});
    upload.write('half');
    while (page.asked.length === 0) await new Promise(resolve => setImmediate(resolve));
    upload.destroy();
    expect(await brokenOff).toBe(false);
  });
});

describe('Server-Sent Events', () => {
  test('arrive one by one, as they are sent', async () => {
    let send = (_: string) => {};
    const page = flow.origin.page((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
      response.flushHeaders();
      send = event => void response.write(`data: ${event}\n\n`);
    });
    const stream = await begin(flow.url, page.path, { headers: { accept: 'text/event-stream' } });
    expect(stream.headers['content-type']).toBe('text/event-stream');
    for (const event of ['one', 'two', 'three']) {
      send(event);
      expect(String((await once(stream, 'data'))[0])).toBe(`data: ${event}\n\n`);
    }
    stream.destroy();
  });

  test('may be silent for longer than an answer may take to begin', async () => {
    const page = flow.origin.page((_, response) => {
      response
        .writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
        .flushHeaders();
      setTimeout(() => response.end('data: late\n\n'), 600);
    });
    const stream = await begin(hasty.url, page.path);
    expect(String((await once(stream, 'data'))[0])).toBe('data: late\n\n');
  });
});

describe('a WebSocket', () => {
  /** Accepts, says which protocol, and sends every frame back as it came, unmasked. */
  const echoSocket = () =>
    flow.origin.page(({ headers }, socket) => {
      const key = headers['sec-websocket-key'];
      const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
      const protocol = headers['sec-websocket-protocol'] ? `\r\nSec-WebSocket-Protocol: chat` : '';
      const raw = socket as unknown as Socket;
      raw.write(
        `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}${protocol}\r\n\r\n`,
      );
      raw.on('data', frame => raw.write(echoed(frame))).on('error', () => {});
    });

  test('passes both ways', async () => {
    const page = echoSocket();
    const socket = new WebSocket(`${flow.url.replace('http', 'ws')}${page.path}?room=1`, 'chat');
    const [opened] = await once(socket, 'open');
    expect(opened.type).toBe('open');
    expect(socket.protocol).toBe('chat');
    for (const text of ['hello', 'é 🚿']) {
      socket.send(text);
      expect((await once(socket, 'message'))[0].data).toBe(text);
    }
    socket.close();
    expect(page.asked[0]?.headers).toMatchObject({ upgrade: 'websocket', 'x-forwarded-for': '127.0.0.1' });
  });

  test('that the origin declines is answered as it answers', async () => {
    const page = flow.origin.page((_, socket) => {
      (socket as unknown as Socket).end(
        'HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno',
      );
    });
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    expect((await flow.ask(page.path, { headers })).status).toBe(403);
  });

  test('an upgrade to something else is declined by answering without it', async () => {
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=60' }, body: 'page' });
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABk' };
    const reply = await flow.ask(page.path, { headers });
    expect([reply.status, reply.text, reply.cacheStatus?.includes('stored')]).toEqual([200, 'page', true]);
  });
});

/** The text frame of a client as the server's own: mask taken off. */
function echoed(frame: Buffer): Buffer {
  const length = (frame[1] ?? 0) & 0x7f;
  const mask = frame.subarray(2, 6);
  const payload = frame.subarray(6, 6 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
  return Buffer.concat([Buffer.from([frame[0] ?? 0, length]), payload]);
}
