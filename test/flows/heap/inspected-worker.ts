/**
 * A Worker in workerd with its inspector open: what it holds on its heap, as V8 itself counts it.
 */

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { workerdBinary } from '../../../infra/local/edge/start.ts';
import { formatWorkerdConfig, SOCKET_NAME } from '../../../infra/local/edge/workerd-config.ts';
import { processPart } from '../../../infra/local/process-part.ts';

export interface InspectedWorker {
  readonly url: string;
  /** Objects and buffers that are alive: what is dead is collected first. */
  liveBytes(): Promise<number>;
  stop(): Promise<void>;
}

export async function startInspected(worker: string): Promise<InspectedWorker> {
  const config = join(dirname(worker), 'inspected.capnp');
  await writeFile(config, formatWorkerdConfig({ workerFile: 'worker.js', variables: [], upstreams: {} }));
  const addresses = [`--socket-addr=${SOCKET_NAME}=127.0.0.1:0`, '--inspector-addr=127.0.0.1:0'];
  const child = spawn(workerdBinary(), ['serve', '--control-fd=3', ...addresses, config], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  const part = processPart(child, { graceMs: 50 });
  const ports = await portsOf(child.stdio[3] as Readable);
  const url = `http://127.0.0.1:${ports.get('listen')}`;
  const inspector = await openInspector(ports.get('listen-inspector') ?? 0);
  await inspector.call('HeapProfiler.enable');
  return {
    url,
    async liveBytes() {
      await collectGarbage(inspector, url);
      const { usedSize, backingStorageSize } = await inspector.call('Runtime.getHeapUsage');
      return usedSize + backingStorageSize;
    },
    async stop() {
      inspector.close();
      await part.stop();
    },
  };
}

/** V8 puts it among the isolate's own work, which workerd does only while there are requests. */
async function collectGarbage(inspector: Inspector, url: string): Promise<void> {
  let isCollected = false;
  const collecting = inspector.call('HeapProfiler.collectGarbage').then(() => {
    isCollected = true;
  });
  while (!isCollected) await (await fetch(url)).text();
  await collecting;
}

/** By event: both are reported once each listens. */
async function portsOf(control: Readable): Promise<ReadonlyMap<string, number>> {
  const ports = new Map<string, number>();
  for await (const line of createInterface({ input: control })) {
    const { event, port } = JSON.parse(line) as { event: string; port: number };
    ports.set(event, port);
    if (ports.size === 2) break;
  }
  return ports;
}

interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize: number;
}

interface Inspector {
  call(method: string): Promise<HeapUsage>;
  close(): void;
}

async function openInspector(port: number): Promise<Inspector> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  const waiting = new Map<number, (result: HeapUsage) => void>();
  let calls = 0;
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as { id: number; result: HeapUsage };
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  await new Promise(resolve => socket.addEventListener('open', resolve, { once: true }));
  return {
    call: (method: string) =>
      new Promise<HeapUsage>(resolve => {
        waiting.set(++calls, resolve);
        socket.send(JSON.stringify({ id: calls, method }));
      }),
    close: () => socket.close(),
  };
}
