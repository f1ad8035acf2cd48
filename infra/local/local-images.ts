/**
 * How the local edge, the image function and the demo's gallery find each other.
 *
 * Shape   settings -> where the edge asks for images, and how the function is put there once it runs
 */

import type { Config } from '../../shared/config/config.ts';
import type { Settings } from '../../shared/config/settings.ts';
import { openEarlyDoor } from './functions/early-door.ts';

export interface ImageDoor {
  readonly functionUrl: string;
  leadTo(origin: string): void;
}

/** The edge comes before the functions and is told their address all the same, unless the user has a function of his own. */
export async function openImageDoor({ imageFunctionUrl }: Settings): Promise<ImageDoor> {
  if (imageFunctionUrl) return { functionUrl: imageFunctionUrl, leadTo: () => {} };
  const { origin, leadTo } = await openEarlyDoor();
  return { functionUrl: origin, leadTo };
}

/** For the demo, which neither signs its pictures' URLs nor knows your presets: undefined where it would need to. */
export function openImagesPath({ images }: Config, settings: Settings): string | undefined {
  const closed = settings.imageSigningKeys.length > 0 || images.presetsOnly === true;
  return closed ? undefined : `${settings.base}/images`;
}
