import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { OPENAPI_FILE, openApiText } from '../../infra/local/openapi/document.ts';
import { createOpenApi } from '../../shared/api/openapi.ts';
import { ROUTES } from '../../shared/api/routes.ts';

it('edge/api/openapi.json is what the schemas say: npm run openapi writes it anew', async () => {
  expect(await readFile(OPENAPI_FILE, 'utf8')).toBe(await openApiText());
});

it('is the whole document, however it is laid out', async () => {
  const document = JSON.parse(await openApiText());
  const made = createOpenApi(ROUTES(), { base: '', version: document.info.version });
  expect(document).toEqual(JSON.parse(JSON.stringify(made)));
});
