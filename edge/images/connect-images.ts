/**
 * Puts the image function behind a cache of its own plan, in the same levels as everything else.
 *
 * Errors  without a function's address there is none, and the routes say so
 */

import type { Plan } from '../../shared/config/plan.ts';
import type { Settings } from '../../shared/config/settings.ts';
import type { SendUpstream } from '../adapters/upstream.ts';
import type { PlatformRequestInit } from '../platform.ts';
import { createProxy, type ProxyDeps } from '../proxy/handler.ts';
import { type AnswerImage, createAnswerImage } from './answer-image.ts';
import { createAskFunction } from './ask-function.ts';
import { imagePlanOf } from './image-plan.ts';

export interface ConnectImagesDeps extends Omit<ProxyDeps, 'send' | 'knownSearch'> {
  readonly fetch: (url: string, init: PlatformRequestInit) => Promise<Response>;
  readonly watch: (send: SendUpstream) => SendUpstream;
}

export function connectImages(
  plan: Plan,
  { awsCredentials: credentials, awsRegion: region }: Settings,
  { fetch, watch, ...deps }: ConnectImagesDeps,
): AnswerImage | undefined {
  const { functionUrl } = plan.images;
  if (!functionUrl || !credentials) return undefined;
  const { clock } = deps;
  const send = watch(createAskFunction({ credentials, region, clock, fetch }));
  const ask = createProxy({ ...deps, plan: imagePlanOf(plan, functionUrl), send });
  return createAnswerImage({ images: plan.images, ask, clock });
}
