/**
 * POST …/images/variants: one source in several widths and formats, made and stored before anybody asks for them.
 *
 * Shape   {key, widths, formats?, options?} -> 200 manifest with srcset
 * Errors  400 IMAGE_VARIANTS_INVALID naming the field, 422 IMAGE_VARIANTS_NONE when not one could be made
 * Cost    one request for a picture for each variant, a few at once
 */

import type { Context } from 'hono';
import { VARIANTS_BODY } from '../../shared/api/images.ts';
import type { Problem } from '../../shared/http/problem.ts';
import { isRefusal } from '../../shared/images/refusal.ts';
import { generateResponsiveImages, type Manifest } from '../../shared/images/responsive/responsive-images.ts';
import { readVariantOrder, refusedWith } from '../../shared/images/responsive/variant-order.ts';
import type { AnswerImage } from '../images/answer-image.ts';
import { createMakeVariant } from '../images/make-variant.ts';
import { NOT_SET_UP } from '../images/not-set-up.ts';
import { problemResponse } from '../problem-response.ts';
import { readBody } from './read-body.ts';

export interface ImageVariantsDeps {
  /** Connected when it is first asked for; undefined where there is no function. */
  readonly answer: () => AnswerImage | undefined;
  /** Where pictures are served. */
  readonly path: string;
}

const AT_ONCE = 4;

export function imageVariants({ answer: connect, path }: ImageVariantsDeps) {
  return async ({ req, executionCtx }: Context): Promise<Response> => {
    const answer = connect();
    if (!answer) return problemResponse(NOT_SET_UP);
    const read = readBody(await req.text(), VARIANTS_BODY());
    if (!read.ok) return problemResponse(invalid(read.words));
    const order = readVariantOrder(read.value);
    // The schema has read the options, and refused what are none: only the key is left.
    if (isRefusal(order)) return problemResponse(invalid(`key: ${order.detail}.`));
    const { source, widths, formats, options } = order;
    const manifest = await generateResponsiveImages(source, widths, {
      make: createMakeVariant({
        answer,
        origin: new URL(req.url).origin,
        waitUntil: work => executionCtx.waitUntil(work),
      }),
      base: path,
      formats,
      options,
      concurrency: AT_ONCE,
    });
    return manifest.variants.length > 0 ? Response.json(manifest, NO_STORE) : problemResponse(none(manifest));
  };
}

const NO_STORE = { headers: { 'cache-control': 'no-store' } };

function invalid(detail: string): Problem {
  return { status: 400, code: 'IMAGE_VARIANTS_INVALID', title: 'The variants cannot be understood', detail };
}

function none(manifest: Manifest): Problem {
  const title = 'None of the variants could be made';
  return {
    status: 422,
    code: 'IMAGE_VARIANTS_NONE',
    title,
    detail: `Each was refused with ${refusedWith(manifest)}.`,
  };
}
