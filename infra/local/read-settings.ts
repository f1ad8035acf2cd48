/**
 * Reads what the user decides, from the environment and headrace.config.ts, before anything starts.
 *
 * Errors  StartError (2) that names the wrong setting or field
 */

import type { Config } from '../../shared/config/config.ts';
import { parseSettings, type Settings } from '../../shared/config/settings.ts';
import { pointsAtItself } from './address.ts';
import { EXIT, StartError } from './part.ts';
import { projectDir } from './paths.ts';
import { readConfig } from './read-config.ts';

export interface Decisions {
  readonly settings: Settings;
  readonly config: Config;
  /** Where requests go that no other origin is named for. */
  readonly originUrl: string | undefined;
}

export async function readDecisions(
  environment: NodeJS.ProcessEnv,
  defaults: { readonly preset: Settings['preset'] },
): Promise<Decisions> {
  const parsed = parseSettings(environment, defaults);
  if (!parsed.ok) throw new StartError(EXIT.badSetting, parsed.sentence);
  const config = await readConfig(projectDir);
  const { settings } = parsed;
  const originUrl = settings.originUrl ?? config.origins.default?.url;
  if (originUrl && pointsAtItself(new URL(originUrl), settings.host, settings.port)) {
    const sentence = `ORIGIN_URL ${originUrl} is the edge itself: give the address of your origin, or another PORT.`;
    throw new StartError(EXIT.badSetting, sentence);
  }
  return { settings, config, originUrl };
}
