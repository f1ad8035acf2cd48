/**
 * Lets a Redis that is not Upstash's run scripts that ask for Upstash's key locking: takes the line that asks for it out of
 * the source, and keeps the script known by the hash of the source with that line.
 *
 * Shape   command of a client -> command for Redis; reply of Redis -> reply for the client
 * Source  upstash.com/docs/redis/features/keylocking; stock Redis 7.0 answers "Unexpected flag in script shebang"
 */
import { createHash } from 'node:crypto';
import { type Bytes, type Command, nameOf, type Reply } from './reply.ts';

const REQUEST = Buffer.from('#!lua flags=allow-key-locking');
const LINE_END = 10;

export interface KeyLocking {
  withoutRequest(command: Command): Command;
  /** SCRIPT LOAD names the script as its client does. */
  renamed(command: Command, reply: Reply): Reply;
}

export function createKeyLocking(): KeyLocking {
  const stripped = new Map<string, Bytes>();
  const originals = new Map<string, Bytes>();

  function strip(source: Bytes): Bytes {
    if (!REQUEST.equals(source.subarray(0, REQUEST.length))) return source;
    const lineEnd = source.indexOf(LINE_END);
    // The line end stays: errors name the line of the script as its author sees it.
    const rest = lineEnd < 0 ? new Uint8Array(0) : source.subarray(lineEnd);
    stripped.set(nameOf(sha1(source)), sha1(rest));
    originals.set(nameOf(sha1(rest)), sha1(source));
    return rest;
  }

  const known = (hash: Bytes): Bytes => stripped.get(nameOf(hash).toLowerCase()) ?? hash;

  return {
    withoutRequest(command) {
      const [name = NOTHING, first = NOTHING, ...rest] = command;
      const verb = nameOf(name).toUpperCase();
      if (/^EVAL(_RO)?$/.test(verb)) return [name, strip(first), ...rest];
      if (/^EVALSHA(_RO)?$/.test(verb)) return [name, known(first), ...rest];
      if (verb !== 'SCRIPT') return command;
      return [name, first, ...rest.map(nameOf(first).toUpperCase() === 'LOAD' ? strip : known)];
    },
    renamed([name = NOTHING], reply) {
      const isHash = reply instanceof Uint8Array && nameOf(name).toUpperCase() === 'SCRIPT';
      return isHash ? (originals.get(nameOf(reply)) ?? reply) : reply;
    },
  };
}

const NOTHING = new Uint8Array(0);

function sha1(source: Bytes): Bytes {
  return Buffer.from(createHash('sha1').update(source).digest('hex'));
}
