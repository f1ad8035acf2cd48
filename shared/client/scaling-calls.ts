/**
 * What is scaled, a person's word over it, and that alarms wait while somebody deploys.
 */

import type { QuietDone } from '../api/alerts.ts';
import type { OverrideBody, Scaling } from '../api/scaling.ts';
import type { Call, CallSettings } from './call.ts';
import type { CallAnswer } from './route-types.ts';

type Override = '/api/admin/scaling/:target/override';

export interface DryRunSettings extends CallSettings {
  /** What would be decided if these were measured: `{ cpu: 85, count: 3 }`. */
  readonly readings?: Readonly<Record<string, number>>;
}

export interface ScalingCalls {
  get(settings?: DryRunSettings): Promise<Scaling>;
  /** So many of a target until then, whatever its rules say. */
  override(target: string, to: OverrideBody, settings?: CallSettings): Promise<CallAnswer<`PUT ${Override}`>>;
  /** Leave it to its rules again. */
  end(target: string, settings?: CallSettings): Promise<CallAnswer<`DELETE ${Override}`>>;
}

export interface AlertCalls {
  /** For a quarter of an hour nobody is told of what a deployment explains. */
  quiet(settings?: CallSettings): Promise<QuietDone>;
}

export function scalingCalls(call: Call): ScalingCalls {
  return {
    get: ({ readings = {}, ...settings } = {}) =>
      call('GET /api/admin/scaling', { ...settings, query: textsOf(readings) }),
    override: (target, body, settings) =>
      call('PUT /api/admin/scaling/:target/override', { ...settings, params: { target }, body }),
    end: (target, settings) =>
      call('DELETE /api/admin/scaling/:target/override', { ...settings, params: { target } }),
  };
}

export function alertCalls(call: Call): AlertCalls {
  return { quiet: settings => call('POST /api/admin/alerts/quiet', { ...settings, body: {} }) };
}

function textsOf(readings: Readonly<Record<string, number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(readings).map(([name, value]) => [name, String(value)]));
}
