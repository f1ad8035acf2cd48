/**
 * `npm run openapi`: writes edge/api/openapi.json anew, after a route or its schema has changed.
 */

import { writeFile } from 'node:fs/promises';
import { OPENAPI_FILE, openApiText } from './document.ts';

await writeFile(OPENAPI_FILE, await openApiText());
