/**
 * Turns commands into the fewest Upstash REST requests that keep their order: neighbours without bytes share one
 * request, a command with bytes is a request of its own whose body is those bytes.
 *
 * Shape   commands -> requests; sent one after the other they have the effect of the pipeline
 * Errors  TypeError for a command that the REST protocol cannot carry, before anything is sent
 * Source  upstash.com/docs/redis/features/restapi: "JSON or Binary Value", "POST Command in Body", "Pipelining"
 */
import type { RedisArgument, RedisCommand } from './redis.ts';

export interface UpstashRequest {
  /** Below the database's URL, with its query. */
  readonly path: string;
  readonly contentType: 'application/json' | 'application/octet-stream';
  readonly body: string | Uint8Array;
  readonly commandCount: number;
  /** Nothing changes when it is sent twice. */
  readonly repeatable: boolean;
}

/** The commands whose repetition costs nothing but a round trip. */
const READS = new Set(
  `GET MGET GETRANGE STRLEN EXISTS TTL PTTL TYPE PING TIME HGET HMGET HGETALL HEXISTS HLEN HKEYS HVALS LRANGE LLEN LINDEX
  SISMEMBER SMISMEMBER SMEMBERS SCARD ZSCORE ZMSCORE ZRANGE ZCARD ZCOUNT ZRANK ZREVRANK EVALSHA_RO`.split(
    /\s+/,
  ),
);
/** What may stand after the bytes: SET's options, as query pairs and query flags. */
const PAIRS = new Set(['EX', 'PX', 'EXAT', 'PXAT']);
const FLAGS = new Set(['NX', 'XX', 'GET', 'KEEPTTL']);

export function planRequests(commands: readonly RedisCommand[]): readonly UpstashRequest[] {
  const requests: UpstashRequest[] = [];
  let neighbours: RedisCommand[] = [];
  const flush = (): void => {
    if (neighbours.length > 0) requests.push(textRequest(neighbours));
    neighbours = [];
  };
  for (const given of commands) {
    const command = given.some(isBytes) ? withoutEmptyBytes(given) : given;
    if (command === given || !command.some(isBytes)) neighbours.push(command);
    else {
      flush();
      requests.push(bytesRequest(command));
    }
  }
  flush();
  return requests;
}

// One command goes to '/': there a lone array in the answer is the command's own reply, never a list of replies.
function textRequest(commands: readonly RedisCommand[]): UpstashRequest {
  const rows = commands.map(command => command.map(argument => String(argument)));
  return {
    path: rows.length === 1 ? '/' : '/pipeline',
    contentType: 'application/json',
    body: JSON.stringify(rows.length === 1 ? rows[0] : rows),
    commandCount: rows.length,
    repeatable: commands.every(([name]) => READS.has(name.toUpperCase())),
  };
}

function bytesRequest(command: RedisCommand): UpstashRequest {
  const position = command.findIndex(isBytes);
  const body = command[position] as Uint8Array;
  const before = command.slice(0, position).map(segment);
  const after = query(command.slice(position + 1));
  return {
    path: `/${before.join('/')}${after}`,
    contentType: 'application/octet-stream',
    body,
    commandCount: 1,
    repeatable: false,
  };
}

// An empty body would be taken for no argument at all.
function withoutEmptyBytes(command: RedisCommand): RedisCommand {
  const [name, ...args] = command;
  return [name, ...args.map(argument => (isBytes(argument) && argument.length === 0 ? '' : argument))];
}

function segment(argument: RedisArgument): string {
  const text = String(argument).toWellFormed();
  // URL parsers remove such segments, so the command would lose an argument.
  if (text === '' || text === '.' || text === '..') {
    throw new TypeError(`an argument before bytes stands in a URL and cannot be ${JSON.stringify(text)}`);
  }
  return encodeURIComponent(text);
}

function query(options: readonly RedisArgument[]): string {
  const parts: string[] = [];
  for (let i = 0; i < options.length; i++) {
    const name = String(options[i]).toUpperCase();
    if (PAIRS.has(name) && i + 1 < options.length && !options.some(isBytes))
      parts.push(`${name}=${Number(options[++i])}`);
    else if (FLAGS.has(name)) parts.push(name);
    else
      throw new TypeError('a command carries one argument of bytes, and only options of SET may follow it');
  }
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

function isBytes(argument: RedisArgument): argument is Uint8Array {
  return argument instanceof Uint8Array;
}
