/**
 * What the function finds in its environment: the database with the outbox, the edge that purges, and how often to look.
 *
 * Shape   environment -> OutboxAccess
 * Units   milliseconds
 * Errors  Error naming the setting that is missing or wrong: without it the function does not start
 */

import { type Environment, requiredSetting } from '../adapters/required-setting.ts';

export interface OutboxAccess {
  readonly databaseUrl: string;
  /** Where the edge answers, with its base behind it. */
  readonly edgeUrl: string;
  readonly adminToken: string;
  /** Between two looks within a run; 0: one look a run. */
  readonly everyMs: number;
}

const DEFAULT_EVERY_MS = 1_000;

export function readOutboxAccess(environment: Environment): OutboxAccess {
  const setting = (name: string) => requiredSetting(environment, name);
  return {
    databaseUrl: setting('DATABASE_URL'),
    edgeUrl: new URL(setting('EDGE_URL')).origin + (environment.HEADRACE_BASE ?? ''),
    adminToken: setting('EDGE_ADMIN_TOKEN'),
    everyMs: readInterval(environment.OUTBOX_POLL_MS),
  };
}

function readInterval(text: string | undefined): number {
  if (!text) return DEFAULT_EVERY_MS;
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new Error('OUTBOX_POLL_MS must be a number of milliseconds from 0 to 99999');
}
