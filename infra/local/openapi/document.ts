/**
 * The text of edge/api/openapi.json: the document of the edge's API, made here so that no isolate carries what makes it.
 *
 * Shape   one line for each operation and each schema, so that a change shows as one
 */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOpenApi } from '../../../shared/api/openapi.ts';
import { ROUTES } from '../../../shared/api/routes.ts';
import { projectDir } from '../paths.ts';

export const OPENAPI_FILE = join(projectDir, 'edge', 'api', 'openapi.json');

export async function openApiText(): Promise<string> {
  const { version } = JSON.parse(await readFile(join(projectDir, 'package.json'), 'utf8'));
  return `${format(createOpenApi(ROUTES(), { base: '', version }), 3)}\n`;
}

/** So many levels are laid out; what is deeper stands on the line of its name. */
function format(value: unknown, levels: number): string {
  if (levels === 0 || typeof value !== 'object' || value === null || Array.isArray(value))
    return JSON.stringify(value);
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  const lines = members.map(([name, member]) => `${JSON.stringify(name)}:${format(member, levels - 1)}`);
  return `{\n${lines.join(',\n')}\n}`;
}
