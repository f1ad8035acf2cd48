/** A host of our own stands for those elsewhere: names lead to it, over plain HTTP, as the system's resolver would. */

import { createServer, type RequestListener, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRemoteSources } from '../../../../functions/adapters/image-stores/remote-sources.ts';

const GIF = Buffer.from('GIF89a and so on', 'latin1');
const URL_OF_GIF = 'https://pictures.example/a.gif';

let server: Server;
let answer: RequestListener;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((incoming, response) => {
    asked.push(`${incoming.headers.host?.split(':')[0]}${incoming.url}`);
    answer(incoming, response);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
});

afterAll(
  () =>
    new Promise(resolve => {
      server.close(resolve);
      server.closeAllConnections();
    }),
);

beforeEach(() => {
  asked.length = 0;
  answer = (_, response) => response.writeHead(200, { etag: '"v1"' }).end(GIF);
});

interface Around {
  readonly addresses?: readonly string[];
  readonly timeoutMs?: number;
  readonly isAllowed?: (address: string) => boolean;
  readonly resolve?: () => Promise<never>;
}

function open({ addresses = ['127.0.0.1'], timeoutMs = 5_000, ...judged }: Around = {}) {
  const { port } = server.address() as AddressInfo;
  return createRemoteSources({
    hosts: ['pictures.example', 'cdn.example'],
    maxBytes: 1_000,
    timeoutMs,
    isAllowed: address => address === '127.0.0.1',
    resolve: async () => addresses.map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
    request: (url, options) => request(url, { ...options, protocol: 'http:', port }),
    ...judged,
  });
}

const codeOf = (result: object) => ('code' in result ? result.code : 'read');
const read = async (url: string, around?: Around) => codeOf(await open(around).read(url, 1_000));

describe('a picture elsewhere', () => {
  it('is read from the address that was checked, under the name that was asked for', async () => {
    const found = await open().read(URL_OF_GIF, 1_000);
    expect(found).toEqual({ bytes: GIF, etag: '"v1"' });
    expect(asked).toEqual(['pictures.example/a.gif']);
  });

  it('is known by its ETag, its date, or its bytes', async () => {
    expect(await open().stat(URL_OF_GIF)).toEqual({ etag: '"v1"' });
    answer = (_, response) =>
      response.writeHead(200, { 'last-modified': 'Thu, 01 Jan 2026 00:00:00 GMT' }).end(GIF);
    expect(await open().stat(URL_OF_GIF)).toEqual({ etag: '"Thu, 01 Jan 2026 00:00:00 GMT"' });
    answer = (_, response) => response.end(GIF);
    expect(await open().stat(URL_OF_GIF)).toMatchObject({ etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
  });

  it('may be found by a redirect to a host that is listed too', async () => {
    answer = ({ url }, response) => {
      if (url === '/a.gif') response.writeHead(302, { location: 'https://cdn.example/b.gif' }).end();
      else response.end(GIF);
    };
    expect(await read(URL_OF_GIF)).toBe('read');
    expect(asked).toEqual(['pictures.example/a.gif', 'cdn.example/b.gif']);
  });
});

describe('is refused, and nothing is asked,', () => {
  it.each([
    'https://elsewhere.example/a.gif',
    'https://sub.pictures.example/a.gif',
    'https://pictures.example.evil.example/a.gif',
    'https://pictures.example:8443/a.gif',
    'https://user@pictures.example/a.gif',
    'http://pictures.example/a.gif',
    'https://127.0.0.1/a.gif',
    'https://[::1]/a.gif',
  ])('%s', async url => {
    expect(await read(url)).toBe('IMAGE_SOURCE_REFUSED');
    expect(asked).toEqual([]);
  });

  it('a name that leads into a private network, even beside a public address', async () => {
    const isAllowed = (address: string) => address !== '10.0.0.1';
    expect(await read(URL_OF_GIF, { addresses: ['127.0.0.1', '10.0.0.1'], isAllowed })).toBe(
      'IMAGE_SOURCE_REFUSED',
    );
    expect(await read(URL_OF_GIF, { addresses: [] })).toBe('IMAGE_SOURCE_REFUSED');
    expect(asked).toEqual([]);
  });
});

describe('a host that lies, dawdles or fails', () => {
  it.each([
    'http://cdn.example/b.gif',
    'https://169.254.169.254/latest/meta-data',
    'https://elsewhere.example/b.gif',
  ])('by a redirect to %s is refused', async location => {
    answer = (_, response) => response.writeHead(301, { location }).end();
    expect(await read(URL_OF_GIF)).toBe('IMAGE_SOURCE_REFUSED');
    expect(asked).toHaveLength(1);
  });

  it('by redirects without end is left', async () => {
    answer = ({ url }, response) => response.writeHead(302, { location: `${url}x` }).end();
    expect(await read(URL_OF_GIF)).toBe('IMAGE_SOURCE_REFUSED');
    expect(asked).toHaveLength(4);
  });

  it('by calling a page an image is refused', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('<html>');
    expect(await read(URL_OF_GIF)).toBe('IMAGE_TYPE_UNSUPPORTED');
  });

  it('by sending more than it said, or than it may, is refused', async () => {
    answer = (_, response) => response.writeHead(200, { 'content-length': '5000' }).end();
    expect(await read(URL_OF_GIF)).toBe('IMAGE_SOURCE_TOO_LARGE');
    answer = (_, response) => response.end(Buffer.alloc(5_000));
    expect(await read(URL_OF_GIF)).toBe('IMAGE_SOURCE_TOO_LARGE');
  });

  it.each([
    [404, 'IMAGE_SOURCE_MISSING'],
    [500, 'IMAGE_SOURCE_UNAVAILABLE'],
    [206, 'IMAGE_SOURCE_UNAVAILABLE'],
  ])('by answering %i is told apart', async (status, code) => {
    answer = (_, response) => response.writeHead(status).end(GIF);
    expect(await read(URL_OF_GIF)).toBe(code);
  });

  it('by never ending is left when its time is over', async () => {
    answer = (_, response) => response.write(GIF);
    expect(await read(URL_OF_GIF, { timeoutMs: 100 })).toBe('IMAGE_SOURCE_UNAVAILABLE');
  });

  it('by a name that nobody resolves is left when its time is over', async () => {
    const resolve = () => new Promise<never>(() => {});
    expect(await read(URL_OF_GIF, { timeoutMs: 50, resolve })).toBe('IMAGE_SOURCE_UNAVAILABLE');
  });

  it('by hanging up is not there', async () => {
    answer = (_, response) => response.destroy();
    expect(await read(URL_OF_GIF)).toBe('IMAGE_SOURCE_UNAVAILABLE');
  });
});
