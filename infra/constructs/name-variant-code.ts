/**
 * The code of the function on Lambda@Edge: bundled like every other, with what it has to know written in. Of its secret the
 * name alone is.
 *
 * Shape   what it names pictures by -> esbuild's options, for the cloud and for tests
 */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { type BuildOptions, buildSync } from 'esbuild';
import type { ImageSettingsInput } from '../../shared/images/settings.ts';
import { bundledFile, functionBundle } from '../bundle.ts';

export interface Naming {
  readonly images: ImageSettingsInput;
  readonly keys?: { readonly secretName: string; readonly region: string; readonly endpoint?: string };
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = join(ROOT, 'functions/name-variant/handler.ts');

export function nameVariantBundle(naming: Naming): BuildOptions {
  return {
    ...functionBundle,
    define: { NAMING: JSON.stringify(naming) },
    entryPoints: [ENTRY],
  };
}

export function nameVariantCode(naming: Naming): Code {
  return Code.fromAsset(join(ROOT, 'functions'), {
    // The hash of what is uploaded: other settings are another version, and only then is one replicated.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Only asked for by the type: bundling on this machine never declines.
      image: DockerImage.fromRegistry('scratch'),
      // Not run either, but part of the key under which CDK remembers an asset: it tells settings apart.
      command: ['name-variant', JSON.stringify(naming)],
      local: {
        tryBundle: outputDirectory => {
          buildSync({ ...nameVariantBundle(naming), outfile: join(outputDirectory, bundledFile) });
          return true;
        },
      },
    },
  });
}
