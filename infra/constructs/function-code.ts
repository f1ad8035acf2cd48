/**
 * A function's code: its entry bundled on this machine by esbuild, without Docker, with the options the local stack uses.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { bundledFile, functionBundle } from '../bundle.ts';
import type { FunctionSpec } from '../topology.ts';
import { copyPackages } from './native-packages.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function functionCode({
  entry,
  native = [],
}: Pick<FunctionSpec, 'native'> & { readonly entry: string }): Code {
  const source = join(ROOT, entry);
  return Code.fromAsset(join(ROOT, 'functions'), {
    // The hash of what is uploaded: a change in shared/ redeploys the functions that use it, and no others.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Only asked for by the type: bundling on this machine never declines.
      image: DockerImage.fromRegistry('scratch'),
      // Not run either, but part of the key under which CDK remembers an asset: it tells two entries apart.
      command: [entry],
      local: {
        tryBundle: outputDirectory => {
          buildSync({
            ...functionBundle,
            entryPoints: [source],
            outfile: join(outputDirectory, bundledFile),
          });
          copyPackages(native, outputDirectory);
          return true;
        },
      },
    },
  });
}
