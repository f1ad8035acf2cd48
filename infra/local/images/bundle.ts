/**
 * Bundles the image function with the options of the cloud, for `npm run images`.
 */
import { build, stop } from 'esbuild';
import { functionBundle } from '../../bundle.ts';
import { projectDir } from '../paths.ts';
import { ENTRY, OUT_FILE } from './bundled.ts';

await build({ ...functionBundle, absWorkingDir: projectDir, entryPoints: [ENTRY], outfile: OUT_FILE });
await stop();
