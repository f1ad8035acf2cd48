/**
 * Reads one HTTP request as Upstash's REST protocol has it: which commands, together in which way, answered in which form.
 *
 * Shape   request -> call, or the refusal that answers it
 * Source  upstash.com/docs/redis/features/restapi
 */
import type { WireRequest } from '../loopback.ts';
import type { Bytes, Command } from './reply.ts';

export type Form = 'json' | 'base64' | 'resp2';

export type Call =
  | { readonly kind: 'single'; readonly commands: readonly [Command]; readonly form: Form }
  | { readonly kind: 'pipeline' | 'transaction'; readonly commands: readonly Command[]; readonly form: Form };

export interface Refusal {
  readonly kind: 'refused';
  readonly status: 400 | 405;
  readonly error: string;
}

export function parseCall(request: WireRequest): Call | Refusal {
  if (!/^(GET|HEAD|POST|PUT)$/.test(request.method)) return refused('ERR method not allowed', 405);
  const form = parseForm(request.headers);
  if (form === undefined) return refused('ERR unsupported response format or encoding');
  const [path = '/', query = ''] = request.url.split(/\?(.*)/s);
  if (path === '/pipeline') return parseList(request.body, { kind: 'pipeline', form });
  // Transactions answer in JSON whatever the client asks for.
  if (path === '/multi-exec') {
    return parseList(request.body, { kind: 'transaction', form: form === 'resp2' ? 'json' : form });
  }
  const command = path === '/' ? parseCommand(parseJson(request.body)) : parsePath(path, query, request.body);
  return command === undefined
    ? refused('ERR failed to parse command')
    : { kind: 'single', commands: [command], form };
}

function parseForm(headers: WireRequest['headers']): Form | undefined {
  const format = headers['upstash-response-format']?.[0] ?? 'json';
  const encoding = headers['upstash-encoding']?.[0];
  if (format === 'resp2') return encoding === undefined ? 'resp2' : undefined;
  if (format !== 'json') return undefined;
  return encoding === 'base64' ? 'base64' : 'json';
}

function parseList(body: Bytes, call: { kind: 'pipeline' | 'transaction'; form: Form }): Call | Refusal {
  const rows = parseJson(body);
  if (!Array.isArray(rows) || rows.length === 0) return refused('ERR failed to parse pipeline request');
  const commands = rows.map(parseCommand).filter(command => command !== undefined);
  return commands.length === rows.length
    ? { ...call, commands }
    : refused('ERR failed to parse pipeline request');
}

function parseCommand(row: unknown): Command | undefined {
  if (!Array.isArray(row) || row.length === 0) return undefined;
  const isText = (argument: unknown) => /^(string|number|boolean)$/.test(typeof argument);
  return row.every(isText) ? row.map(argument => Buffer.from(String(argument))) : undefined;
}

/** The body is the last argument but for the options, which stand in the query. */
function parsePath(path: string, query: string, body: Bytes): Command {
  const segments = path.replace(/^\/|\/$/g, '').split('/');
  const options = query === '' ? [] : query.split('&').flatMap(option => option.split(/=(.*)/s, 2));
  return [...segments.map(decode), ...(body.length > 0 ? [body] : []), ...options.map(decode)];
}

/** Byte by byte: an argument need not be UTF-8. */
function decode(text: string): Bytes {
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(decoded, 'latin1');
}

function parseJson(body: Bytes): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}

function refused(error: string, status: Refusal['status'] = 400): Refusal {
  return { kind: 'refused', status, error };
}
