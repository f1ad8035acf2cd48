/**
 * Listeners that write: a debug log for people, chosen as `DEBUG=headrace:*` chooses, and an audit log of what removed
 * something. They are told of events and have no part in them.
 *
 * Shape   createDebugLog('headrace:*,-headrace:hit', write) -> listener; who calls it reads the environment
 * Units   instants ISO 8601
 * Errors  none: a listener that throws is not heard by those whose events it hears
 */

import type { Clock } from '../primitives/clock.ts';
import type { ApplicationEvent, ApplicationListener } from './application-events.ts';

export type WriteLine = (line: string) => void;

/** One listener that tells several, and keeps their troubles to itself. */
export function combineListeners(
  listeners: readonly (ApplicationListener | undefined)[],
): ApplicationListener {
  const present = listeners.filter(listener => listener !== undefined);
  return event => {
    for (const listener of present) {
      try {
        listener(event);
      } catch {
        // What it would have done with the event is its own affair.
      }
    }
  };
}

/** `headrace:<kind of event> <its fields>`; undefined where nothing is chosen, so that nothing is paid for. */
export function createDebugLog(
  chosen: string | undefined,
  write: WriteLine,
): ApplicationListener | undefined {
  const patterns = (chosen ?? '').split(/[\s,]+/).filter(Boolean);
  const wanted = patterns.filter(pattern => !pattern.startsWith('-')).map(toRegExp);
  const unwanted = patterns
    .filter(pattern => pattern.startsWith('-'))
    .map(pattern => toRegExp(pattern.slice(1)));
  if (wanted.length === 0) return undefined;
  return event => {
    const name = `headrace:${event.kind}`;
    const isChosen =
      wanted.some(pattern => pattern.test(name)) && !unwanted.some(pattern => pattern.test(name));
    if (isChosen) write(`${name} ${format(event)}`);
  };
}

const AUDITED: ReadonlySet<ApplicationEvent['kind']> = new Set(['purged', 'deleted', 'write-lost']);

/** One line of JSON for everything that removed something or lost it. */
export function createAuditLog(write: WriteLine, clock: Clock): ApplicationListener {
  return event => {
    if (!AUDITED.has(event.kind)) return;
    write(JSON.stringify({ at: new Date(clock()).toISOString(), ...event, ...errorOf(event) }));
  };
}

function format({ kind, ...fields }: ApplicationEvent): string {
  return JSON.stringify({ ...fields, ...errorOf(fields) });
}

/** An error says nothing as JSON. */
function errorOf(fields: object): { readonly error?: string } {
  return 'error' in fields ? { error: String(fields.error) } : {};
}

function toRegExp(pattern: string): RegExp {
  const literal = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${literal}$`);
}
