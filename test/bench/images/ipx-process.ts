/**
 * ipx on a folder, as its own documentation serves it.
 *
 * Shape   node ipx-process.ts <folder>, prints its address
 */

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createIPX, createIPXNodeHandler, ipxFSStorage } from 'ipx';

const [folder = ''] = process.argv.slice(2);
const handler = createIPXNodeHandler(createIPX({ storage: ipxFSStorage({ dir: folder }) }));
const server = createServer((request, response) => void handler(request as never, response as never));
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`ready http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
