/**
 * What a function finds in its environment: the CDNs of headrace.config.ts, and what they are reached with.
 *
 * Shape   environment -> { cdns, secrets }
 * Errors  Error naming the variable and what is wrong with it, never what is secret
 */

import { type CdnSecrets, parseCdnSecrets } from '../../../shared/cdn/secrets.ts';
import { type CdnsSettings, cdnSettingsSchema } from '../../../shared/cdn/settings-schema.ts';

export interface CdnEnvironment {
  readonly cdns: CdnsSettings;
  readonly secrets: CdnSecrets;
}

export function readCdnEnvironment({
  CDN_SETTINGS = '{}',
  CDN_SECRETS,
}: Readonly<Record<string, string | undefined>>): CdnEnvironment {
  return { cdns: readSettings(CDN_SETTINGS), secrets: parseCdnSecrets(CDN_SECRETS) };
}

function readSettings(text: string): CdnsSettings {
  try {
    return cdnSettingsSchema().parse(JSON.parse(text || '{}'));
  } catch (cause) {
    throw new Error('CDN_SETTINGS is not what cdns of headrace.config.ts may say', { cause });
  }
}
