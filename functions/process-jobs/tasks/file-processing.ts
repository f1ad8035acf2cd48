/**
 * Does jobs of the type `file-processing`. One operation is there, `image-variants`: makes one source in several widths and
 * formats before anybody asks for them.
 *
 * Shape   { key, operation: 'image-variants', options: { widths, formats?, options? } } -> manifest with srcset
 * Errors  PermanentError OPERATION_UNKNOWN, IMAGE_VARIANTS_INVALID naming the option, IMAGE_VARIANTS_NONE when not one could
 *         be made; what the edge throws is tried again, and finds what was made by then
 */

import { VARIANTS_BODY } from '../../../shared/api/images.ts';
import { wordFault, wordIssue } from '../../../shared/config/wrong-field.ts';
import { isRefusal } from '../../../shared/images/refusal.ts';
import {
  generateResponsiveImages,
  type Manifest,
} from '../../../shared/images/responsive/responsive-images.ts';
import {
  readVariantOrder,
  refusedWith,
  type VariantOrder,
} from '../../../shared/images/responsive/variant-order.ts';
import { PermanentError } from '../../../shared/jobs/permanent-error.ts';
import type { Task } from '../../../shared/jobs/worker/task.ts';
import type { AskVariant } from './ask-variant.ts';

export interface FileProcessingDeps {
  readonly ask: AskVariant;
  /** What image URLs begin with. */
  readonly imagesPath: string;
}

export function createFileProcessingTask({ ask, imagesPath }: FileProcessingDeps): Task<'file-processing'> {
  return async ({ key, operation, options }, { progress, signal }) => {
    if (operation !== 'image-variants')
      throw new PermanentError('OPERATION_UNKNOWN', `No function does '${operation}'`);
    const { source, widths, formats, options: shared } = readOrder(key, options);
    const manifest = await generateResponsiveImages(source, widths, {
      make: path => ask(path, signal),
      base: imagesPath,
      formats,
      options: shared,
      onProgress: (done, total) => progress(Math.floor((100 * done) / total), `${done} of ${total} variants`),
    });
    if (manifest.variants.length === 0) throw none(manifest);
    return manifest;
  };
}

/** As the route for operators reads it: what one takes, the other does. */
function readOrder(key: string, given: object): VariantOrder {
  const parsed = VARIANTS_BODY().safeParse({ ...given, key }, { error: wordIssue });
  if (!parsed.success) throw invalid(wordFault(parsed.error, 'the options'));
  const order = readVariantOrder(parsed.data);
  // The schema has read the options, and refused what are none: only the key is left.
  if (isRefusal(order)) throw invalid(`key: ${order.detail}`);
  return order;
}

function invalid(words: string): PermanentError {
  return new PermanentError('IMAGE_VARIANTS_INVALID', words);
}

function none(manifest: Manifest): PermanentError {
  const words = `Each variant of ${manifest.source} was refused with ${refusedWith(manifest)}`;
  return new PermanentError('IMAGE_VARIANTS_NONE', words);
}
