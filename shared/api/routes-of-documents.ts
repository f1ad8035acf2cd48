/**
 * The routes that people and their tools open: the dashboard, the reference, and the document it is made from.
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';
import type { RouteTable } from './route.ts';

const OPENAPI = lazy(() => z.looseObject({ openapi: z.string(), paths: z.looseObject({}) }));

export const DOCUMENT_ROUTES = lazy(
  () =>
    ({
      'GET /api/openapi.json': {
        id: 'getOpenApi',
        group: 'Documents',
        summary: 'This document',
        access: 'everyone',
        answers: { 200: { says: 'OpenAPI 3.1.', body: OPENAPI } },
      },
      'GET /dashboard': {
        id: 'openDashboard',
        group: 'Documents',
        summary: 'The dashboard, a page',
        details: 'It asks the reader for the token and sends it to this API only.',
        access: 'everyone',
        answers: { 200: { says: 'The page.', type: 'text/html' } },
      },
      'GET /dashboard/api': {
        id: 'openReference',
        group: 'Documents',
        summary: 'The reference of this API, a page',
        access: 'everyone',
        answers: { 200: { says: 'The page.', type: 'text/html' } },
      },
      'GET /dashboard/assets/:name': {
        id: 'getAsset',
        group: 'Documents',
        summary: 'What the two pages are made of',
        access: 'everyone',
        answers: {
          200: { says: 'A script or a style sheet.', type: 'text/javascript' },
          304: { says: 'It has not changed.' },
        },
        problems: [{ status: 404, code: 'ROUTE_UNKNOWN', says: 'There is no such file.' }],
      },
    }) as const satisfies RouteTable,
);
