/**
 * What `npm run bench` was asked to do, read from its arguments.
 *
 * Shape   arguments -> { kind: 'fixed' } | { kind: 'replay' } | { kind: 'refused', sentence }
 */

import { parseArgs } from 'node:util';

export type Order =
  | { readonly kind: 'fixed'; readonly requests: number }
  | ({ readonly kind: 'replay' } & ReplayOrder)
  | { readonly kind: 'refused'; readonly sentence: string };

export interface ReplayOrder {
  readonly file: string;
  readonly format: 'har' | 'log';
  readonly origin: URL;
  /** Whose requests of the file are meant. */
  readonly host: string;
  readonly requests: number;
}

/** Bounds both the time it takes and what it asks of somebody's origin. */
export const MOST_REQUESTS = 1_000_000;
export const USAGE =
  'npm run bench [-- --requests N] or npm run bench -- --har FILE | --log FILE --origin URL [--host NAME] [--requests N]';

export function readOrder(args: readonly string[], defaults: { readonly requests: number }): Order {
  const parsed = parse(args);
  if (typeof parsed === 'string') return refused(parsed);
  const { har, log, origin, host } = parsed;
  const requests = Number(parsed.requests ?? defaults.requests);
  if (!Number.isInteger(requests) || requests < 1 || requests > MOST_REQUESTS) {
    return refused(`--requests must be a whole number from 1 to ${MOST_REQUESTS}, not '${parsed.requests}'`);
  }
  if (har !== undefined && log !== undefined) return refused('--har and --log: give one of them');
  const file = har ?? log;
  if (file === undefined) {
    if (origin !== undefined || host !== undefined)
      return refused('--origin and --host go with --har or --log: the fixed trace is played on the demo');
    return { kind: 'fixed', requests };
  }
  if (origin === undefined)
    return refused('--origin is missing: say which origin the traffic is replayed to');
  const url = originOf(origin);
  if (url === undefined)
    return refused(`--origin must be an http or https URL without a path, not '${origin}'`);
  return {
    kind: 'replay',
    file,
    format: har === undefined ? 'log' : 'har',
    origin: url,
    host: host ?? url.host,
    requests,
  };
}

const TEXT = { type: 'string' } as const;

function parse(args: readonly string[]) {
  try {
    const options = { requests: TEXT, har: TEXT, log: TEXT, origin: TEXT, host: TEXT };
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    return (error as Error).message.split('. ')[0] ?? 'the arguments are wrong';
  }
}

function originOf(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) return undefined;
  return url.pathname === '/' && url.search === '' && url.username === '' ? url : undefined;
}

function refused(reason: string): Order {
  return { kind: 'refused', sentence: `${reason}.\n${USAGE}` };
}
