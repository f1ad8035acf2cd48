/**
 * What the Worker is given from outside, read once per isolate: settings as text, and one binding for each origin that
 * is to see the client's own Host.
 *
 * Errors  a wrong setting or configuration is a value: the Worker says so instead of serving
 */

import config from '../headrace.config.ts';
import { parseConfig } from '../shared/config/config.ts';
import { createPlan, type Plan } from '../shared/config/plan.ts';
import { parseSettings, type SettingName, type Settings } from '../shared/config/settings.ts';
import type { Service } from './platform.ts';

export type SettingBindings = Readonly<Partial<Record<SettingName, string>>>;
export type UpstreamBindings = Readonly<Record<`UPSTREAM_${string}`, Service | undefined>>;
export type Env = SettingBindings & UpstreamBindings;

export type ParsedEnv =
  | { readonly ok: true; readonly settings: Settings; readonly plan: Plan }
  | { readonly ok: false; readonly sentence: string };

export function parseEnv(env: SettingBindings): ParsedEnv {
  const settings = parseSettings(env);
  if (!settings.ok) return settings;
  const checked = parseConfig(config);
  if (!checked.ok) return checked;
  const planned = createPlan(checked.config, settings.settings);
  return planned.ok ? { ok: true, settings: settings.settings, plan: planned.plan } : planned;
}
