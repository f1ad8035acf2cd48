/**
 * The route that lets a browser upload into the bucket of assets.
 */

import { lazy } from '../primitives/lazy.ts';
import { PRESIGN_BODY, PRESIGNED } from './assets.ts';
import type { RouteTable } from './route.ts';

export const ASSET_ROUTES = lazy(
  () =>
    ({
      'POST /api/admin/assets/presign': {
        id: 'presignAsset',
        group: 'Assets',
        summary: 'Let a browser upload one file, of one type, up to one size',
        details:
          'The browser sends the file to the bucket itself, which has to allow the origin of your pages (CORS). R2 knows PUT alone. Nothing is kept of what is signed: to take it back, let it expire.',
        access: 'token',
        body: PRESIGN_BODY,
        answers: { 200: { says: 'Where to send the file, and with what.', body: PRESIGNED } },
        problems: [
          {
            status: 400,
            code: 'ASSET_UPLOAD_INVALID',
            says: 'The body is wrong; the detail names the field.',
          },
          {
            status: 400,
            code: 'ASSET_TYPE_ACTIVE',
            says: 'Browsers run files of this type; say `trusted` where it is not a visitor’s.',
          },
          { status: 404, code: 'ASSETS_NOT_SET_UP', says: 'This edge knows no bucket of assets.' },
        ],
      },
    }) as const satisfies RouteTable,
);
