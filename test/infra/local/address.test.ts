import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { checkPort, formatAddress, pointsAtItself, urlOf } from '../../../infra/local/address.ts';

test.each([
  ['127.0.0.1', '127.0.0.1:80'],
  ['localhost', 'localhost:80'],
  ['::1', '[::1]:80'],
  ['[::1]', '[::1]:80'],
])('writes %s with a port as %s', (host, address) => {
  expect(formatAddress(host, 80)).toBe(address);
});

test.each(['0.0.0.0', '::', '[::]'])('reaches a listener on all addresses (%s) by loopback', host => {
  expect(urlOf(host, 8787)).toBe('http://127.0.0.1:8787');
});

test.each([
  ['http://127.0.0.1:8787', '127.0.0.1', true],
  ['http://localhost:8787', '127.0.0.1', true],
  ['http://[::1]:8787', '0.0.0.0', true],
  ['http://127.0.0.2:8787', '::', true],
  ['http://192.0.2.1:8787', '192.0.2.1', true],
  ['http://127.0.0.1:3000', '127.0.0.1', false],
  ['http://192.0.2.1:8787', '127.0.0.1', false],
  ['http://example.com:8787', '0.0.0.0', false],
])('an origin at %s, with the edge on %s: itself is %s', (origin, host, expected) => {
  expect(pointsAtItself(new URL(origin), host, 8787)).toBe(expected);
});

test('knows the ports that a scheme leaves out', () => {
  expect(pointsAtItself(new URL('http://127.0.0.1'), '127.0.0.1', 80)).toBe(true);
  expect(pointsAtItself(new URL('https://127.0.0.1'), '127.0.0.1', 80)).toBe(false);
});

test('a port that is free stays free after it was checked', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(checkPort('127.0.0.1', port)).rejects.toMatchObject({ exitCode: 3 });
  server.close();
  await once(server, 'close');
  await checkPort('127.0.0.1', port);
  await checkPort('127.0.0.1', port);
});
