/**
 * The edge as it ships, with another headrace.config.ts: the configuration is part of the bundle.
 *
 * Cost    one build a process; each bundle of it is a copy with its own configuration filled in
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { workerBundle } from '../../infra/local/edge/bundle.ts';
import { projectDir } from '../../infra/local/paths.ts';
import type { ConfigInput } from '../../shared/config/config.ts';

/** The bundle's path. */
export async function bundleWith(config: ConfigInput, outfile: string): Promise<string> {
  building ??= buildOnce();
  const [before, after] = (await building).split(JSON.stringify(PLACE));
  if (after === undefined) throw new Error('the bundle has no place for its configuration');
  await writeFile(outfile, before + JSON.stringify(JSON.stringify(config)) + after);
  return outfile;
}

const PLACE = 'the configuration, as JSON';
let building: Promise<string> | undefined;

async function buildOnce(): Promise<string> {
  const entryPoints = [join(projectDir, 'edge', 'index.ts')];
  const { outputFiles } = await build({ ...workerBundle, entryPoints, write: false, plugins: [leavePlace] });
  return outputFiles[0]?.text ?? '';
}

const leavePlace: Plugin = {
  name: 'config',
  setup({ onLoad }) {
    onLoad({ filter: /\/headrace\.config\.ts$/ }, () => ({
      contents: `export default JSON.parse(${JSON.stringify(PLACE)})`,
    }));
  },
};
