/**
 * The edge as it ships, with another headrace.config.ts: the configuration is part of the bundle.
 */

import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { workerBundle } from '../../infra/local/edge/bundle.ts';
import { projectDir } from '../../infra/local/paths.ts';
import type { ConfigInput } from '../../shared/config/config.ts';

/** The bundle's path. */
export async function bundleWith(config: ConfigInput, outfile: string): Promise<string> {
  const entryPoints = [join(projectDir, 'edge', 'index.ts')];
  await build({ ...workerBundle, entryPoints, outfile, plugins: [replaceConfig(config)] });
  return outfile;
}

function replaceConfig(config: ConfigInput): Plugin {
  return {
    name: 'config',
    setup({ onLoad }) {
      onLoad({ filter: /\/headrace\.config\.ts$/ }, () => ({
        contents: `export default ${JSON.stringify(config)}`,
      }));
    },
  };
}
