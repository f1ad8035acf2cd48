/**
 * What the function weighs without sharp and the SDK, and what a repeated picture costs at the edge.
 *
 * Units   bytes; milliseconds of workerd's processor time a request
 */

import { join } from 'node:path';
import { build, stop } from 'esbuild';
import { functionBundle } from '../../../infra/bundle.ts';
import { bundleEdge } from '../../../infra/local/edge/bundle.ts';
import { startEdge } from '../../../infra/local/edge/start.ts';
import { ENTRY } from '../../../infra/local/images/bundled.ts';
import { projectDir } from '../../../infra/local/paths.ts';
import { cpuTimeUs } from '../edge/cpu-time.ts';
import { startLoader } from '../edge/load.ts';
import { startContender } from './contender.ts';
import { type Run, verdict } from './run.ts';

export async function measureBundle({ print }: Run): Promise<void> {
  const { outputFiles } = await build({
    ...functionBundle,
    absWorkingDir: projectDir,
    entryPoints: [ENTRY],
    external: ['sharp', '@aws-sdk/*', '@smithy/*'],
    write: false,
  });
  await stop();
  const kilobytes = (outputFiles[0]?.contents.byteLength ?? 0) / 1024;
  print(`bundle without sharp and the SDK: ${kilobytes.toFixed(0)} KB, ${verdict(kilobytes, 300)}`);
}

const REQUESTS = 5_000;
const PATH = '/images/width=640,format=auto/boats.jpg';
const HEADERS = { accept: 'image/avif,image/webp,*/*;q=0.8' };

export async function measureEdge({ folder, progress, print }: Run): Promise<void> {
  progress('a repeated picture at the edge');
  const functionProcess = await startContender(
    'function',
    [
      new URL('./s3-process.ts', import.meta.url).pathname,
      join(projectDir, '.headrace', 'images', 'index.mjs'),
    ],
    { IMAGES_FOLDER: folder },
  );
  const worker = await bundleEdge({ stateDir: folder });
  const variables = {
    ORIGIN_URL: 'http://127.0.0.1:9',
    IMAGE_FUNCTION_URL: functionProcess.url,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
  };
  const edge = await startEdge({ worker, port: 0, host: '127.0.0.1', variables, upstreams: {} });
  const loader = startLoader();
  try {
    // The first answer comes from the function, in pieces of no declared length.
    await fetch(edge.url + PATH, { headers: HEADERS }).then(response => response.arrayBuffer());
    const load = { url: edge.url + PATH, headers: HEADERS, connections: 8 };
    await loader.put({ ...load, requests: 1_000 });
    const before = cpuTimeUs(edge.pid ?? 0);
    await loader.put({ ...load, requests: REQUESTS });
    const ms = (cpuTimeUs(edge.pid ?? 0) - before) / REQUESTS / 1000;
    print(`a repeated picture at the edge: ${ms.toFixed(3)} ms of processor, ${verdict(ms, 1)}`);
  } finally {
    loader.stop();
    await edge.stop();
    await functionProcess.stop();
  }
}
