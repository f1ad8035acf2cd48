/**
 * What a function that asks the edge for images finds in its environment: where they are, and what URLs are signed with.
 *
 * Shape   environment -> { imagesPath, signingKeys }
 * Errors  a sentence that names the setting and what is wrong with it
 */

import { completeImageSettings } from '../../shared/images/settings.ts';

export interface ImagesAccess {
  readonly imagesPath: string;
  /** As the edge has them; none: it asks for no signatures. The first signs. */
  readonly signingKeys: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readImagesAccess({
  IMAGE_SETTINGS: settings = '{}',
  EDGE_IMAGE_SIGNING_KEYS: keys = '',
}: Environment): ImagesAccess {
  const { path } = completeImageSettings(parseObject(settings));
  const signingKeys = keys
    .split(',')
    .map(key => key.trim())
    .filter(key => key !== '');
  return { imagesPath: path, signingKeys };
}

function parseObject(text: string): object {
  try {
    const input: unknown = JSON.parse(text);
    if (typeof input === 'object' && input !== null) return input;
  } catch {
    // Said below, with the setting's name.
  }
  throw new Error('IMAGE_SETTINGS is not a JSON object');
}
