/**
 * `npm run build`: the library into dist/.
 */

import { join } from 'node:path';
import { buildPackage } from './build.ts';

const outDir = join(import.meta.dirname, '..', '..', '..', 'dist');
await buildPackage(outDir);
console.log(
  'dist/ is built: `npm pack ./dist` makes the package, whose entries are `headrace/cache` and `headrace/client`.',
);
