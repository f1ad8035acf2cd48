/**
 * What the function finds in its environment: the CDNs of headrace.config.ts, and what they are reached with.
 *
 * Shape   CDN_SETTINGS, CDN_SECRETS -> { settings, secrets }
 * Errors  Error naming the variable and what is wrong with it, never what is secret
 */

import { type CdnSecrets, parseCdnSecrets } from '../../shared/cdn/secrets.ts';
import { type CdnsSettings, cdnSettingsSchema } from '../../shared/cdn/settings-schema.ts';

export interface MeasuredCdns {
  readonly settings: CdnsSettings;
  readonly secrets: CdnSecrets;
}

export function readMeasuredCdns(environment: Readonly<Record<string, string | undefined>>): MeasuredCdns {
  return {
    settings: readSettings(environment.CDN_SETTINGS || '{}'),
    secrets: parseCdnSecrets(environment.CDN_SECRETS),
  };
}

function readSettings(text: string): CdnsSettings {
  try {
    return cdnSettingsSchema().parse(JSON.parse(text));
  } catch (cause) {
    throw new Error('CDN_SETTINGS is not what cdns of headrace.config.ts may say', { cause });
  }
}
