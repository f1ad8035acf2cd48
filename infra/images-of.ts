/**
 * What the image function is told of the configuration: what was decided about images, and where the edge asks for them.
 *
 * Shape   config, base -> what IMAGE_SETTINGS says
 */

import type { Config } from '../shared/config/config.ts';
import type { ImageSettingsInput } from '../shared/images/settings.ts';

export function imagesOf({ images }: Config, { base }: { readonly base: string }): ImageSettingsInput {
  return { ...images, path: `${base}/images` };
}
