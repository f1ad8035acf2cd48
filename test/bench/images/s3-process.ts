/**
 * The image function's bundle on two buckets, in one process: its handler as Lambda runs it, behind plain HTTP.
 *
 * Shape   node s3-process.ts <bundle>, the buckets in its environment; prints its address
 */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { provideStreaming, serveHandler } from '../../../infra/local/images/serve-handler.ts';

const [bundle = ''] = process.argv.slice(2);
provideStreaming();
const { handler } = await import(pathToFileURL(bundle).href);
const server = serveHandler(handler).listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
