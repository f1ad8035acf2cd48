/**
 * Every route of Headrace's own HTTP API. The document, the client's types and a rule test are made of this table: what is
 * not in it is not served, and what is served is in it.
 */

import { lazy } from '../primitives/lazy.ts';
import type { RouteTable } from './route.ts';
import { ALERT_ROUTES } from './routes-of-alerts.ts';
import { ASSET_ROUTES } from './routes-of-assets.ts';
import { CACHE_ROUTES } from './routes-of-cache.ts';
import { DOCUMENT_ROUTES } from './routes-of-documents.ts';
import { IMAGE_ROUTES } from './routes-of-images.ts';
import { JOB_ROUTES } from './routes-of-jobs.ts';
import { OUTBOX_ROUTES } from './routes-of-outbox.ts';
import { PERFORMANCE_ROUTES } from './routes-of-performance.ts';
import { SCALING_ROUTES } from './routes-of-scaling.ts';

export const ROUTES = lazy(
  () =>
    ({
      ...PERFORMANCE_ROUTES(),
      ...ALERT_ROUTES(),
      ...CACHE_ROUTES(),
      ...OUTBOX_ROUTES(),
      ...JOB_ROUTES(),
      ...IMAGE_ROUTES(),
      ...ASSET_ROUTES(),
      ...SCALING_ROUTES(),
      ...DOCUMENT_ROUTES(),
    }) as const satisfies RouteTable,
);

export type Routes = ReturnType<typeof ROUTES>;
