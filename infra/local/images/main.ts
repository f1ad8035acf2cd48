/**
 * `npm run images`: the image function's bundle alone, on a folder of pictures, in one process.
 *
 * Variants are kept in memory, 24 MB of them.
 *
 * Errors  exit codes 0 stopped, 1 failure, 2 bad argument; each but 0 with one sentence
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { runInForeground } from '../foreground.ts';
import { OUT_FILE } from './bundled.ts';
import { readArguments } from './read-arguments.ts';
import { provideStreaming, serveHandler } from './serve-handler.ts';

let server: Server | undefined;

await runInForeground({ open, close, kill: () => server?.closeAllConnections() });

async function open(): Promise<void> {
  const { dir, port, settings } = readArguments(process.argv.slice(2));
  Object.assign(process.env, { IMAGES_FOLDER: dir, IMAGE_SETTINGS: JSON.stringify(settings) });
  provideStreaming();
  const { handler } = await import(pathToFileURL(OUT_FILE).href);
  server = serveHandler(handler).listen(port, '127.0.0.1');
  await once(server, 'listening');
  process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}/images\n`);
}

async function close(): Promise<void> {
  server?.close();
}
