/**
 * A function's code: its entry bundled on this machine by esbuild, without Docker, with the options the local stack uses.
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';
import { bundledFile, functionBundle } from '../bundle.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export function functionCode(entry: string): Code {
  const source = join(ROOT, entry);
  return Code.fromAsset(join(ROOT, 'functions'), {
    // The hash of what is uploaded: a change in shared/ redeploys the functions that use it, and no others.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // The type asks for an image; it would be used only if bundling on this machine had declined.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle: outputDirectory => {
          buildSync({
            ...functionBundle,
            entryPoints: [source],
            outfile: join(outputDirectory, bundledFile),
          });
          return true;
        },
      },
    },
  });
}
