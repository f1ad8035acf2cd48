/**
 * The routes that serve pictures and make them in advance.
 */

import { lazy } from '../primitives/lazy.ts';
import { MANIFEST, VARIANTS_BODY } from './images.ts';
import type { RouteTable } from './route.ts';

export const IMAGE_ROUTES = lazy(
  () =>
    ({
      'GET /images/:options/:source{.+}': {
        id: 'getImage',
        group: 'Images',
        summary: 'A picture as its URL asks for it',
        details:
          'For example /images/width=640,format=auto/photos/a.jpg; the options are listed in ARCHITECTURE.md. Refusals are problems, kept by nobody.',
        access: 'everyone',
        answers: {
          200: { says: 'The picture, or for format=json what it is like.', type: 'image/avif' },
          302: { says: 'To the original, where onerror=redirect asks for it.' },
          304: { says: 'The one you have.' },
        },
        problems: [
          { status: 400, code: 'IMAGE_OPTION_INVALID', says: 'An option has a value that it cannot have.' },
          { status: 403, code: 'IMAGE_SIGNATURE_MISSING', says: 'This edge serves signed URLs only.' },
          { status: 404, code: 'IMAGE_SOURCE_MISSING', says: 'There is no such source.' },
          { status: 404, code: 'IMAGES_NOT_SET_UP', says: 'This edge knows no image function.' },
          { status: 413, code: 'IMAGE_TOO_MANY_PIXELS', says: 'The source is larger than the limits allow.' },
          { status: 415, code: 'IMAGE_TYPE_UNSUPPORTED', says: 'The source is no picture of a known type.' },
          { status: 422, code: 'IMAGE_UNREADABLE', says: 'The source cannot be decoded.' },
          { status: 502, code: 'IMAGE_SOURCE_UNAVAILABLE', says: 'The source cannot be fetched now.' },
        ],
      },
      'POST /api/admin/images/variants': {
        id: 'makeImageVariants',
        group: 'Images',
        summary: 'Make one source in several widths and formats, and store them',
        details:
          'What fails is listed and keeps none of the others. What is there already is not made again.',
        access: 'token',
        body: VARIANTS_BODY,
        answers: { 200: { says: 'What was made, with srcset attributes to copy.', body: MANIFEST } },
        problems: [
          {
            status: 400,
            code: 'IMAGE_VARIANTS_INVALID',
            says: 'The body is wrong; the detail names the field.',
          },
          { status: 404, code: 'IMAGES_NOT_SET_UP', says: 'This edge knows no image function.' },
          { status: 422, code: 'IMAGE_VARIANTS_NONE', says: 'None could be made; the detail says why.' },
        ],
      },
    }) as const satisfies RouteTable,
);
