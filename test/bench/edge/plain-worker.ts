/**
 * Starts a Worker of this folder in plain workerd; the Cache API, where it uses it, is answered by another Worker beside it.
 *
 * Shape   entry, constants written into it -> Part & { url }
 */

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { build } from 'esbuild';
import { workerBundle } from '../../../infra/local/edge/bundle.ts';
import { answered, listeningPort } from '../../../infra/local/edge/listening.ts';
import { type Edge, workerdBinary } from '../../../infra/local/edge/start.ts';
import { processPart } from '../../../infra/local/process-part.ts';

export interface PlainWorker {
  readonly folder: string;
  readonly name: 'bare' | 'bare-prepared' | 'hono-cache' | 'metrics';
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export async function startPlainWorker({ folder, name, headers, body }: PlainWorker): Promise<Edge> {
  const define = { HEADERS: JSON.stringify(headers), BODY: JSON.stringify(body) };
  await build({
    ...workerBundle,
    define,
    entryPoints: [name, 'memory-cache'].map(entry => join(import.meta.dirname, 'workers', `${entry}.ts`)),
    outdir: folder,
  });
  const config = join(folder, `${name}.capnp`);
  await writeFile(config, configOf(name));
  const child = spawn(workerdBinary(), ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const url = `http://127.0.0.1:${await listeningPort(child.stdio[3] as Readable)}`;
  await answered(url);
  return { ...processPart(child, { graceMs: 500 }), url };
}

function configOf(name: string): string {
  const worker = (file: string, more = '') => `(
    modules = [(name = "${file}.js", esModule = embed "${file}.js")],
    compatibilityDate = "2026-07-30",
    compatibilityFlags = ["nodejs_compat"],
    ${more}
  )`;
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = ${worker(name, 'cacheApiOutbound = "cache",')}),
    (name = "cache", worker = ${worker('memory-cache')}),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "worker")],
);
`;
}
