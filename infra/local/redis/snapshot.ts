/**
 * The whole keyspace as the commands that make it again, so that state outlives a restart.
 *
 * Shape   keyspace -> bytes: a SHA-256 in hex, a line end, commands in RESP2; and back into an engine
 * Errors  SnapshotCorrupt when the bytes are not what was written
 */
import { createHash } from 'node:crypto';
import { RedisError } from '../../../shared/redis/redis.ts';
import { decodeReplies } from '../../../shared/redis/resp.ts';
import type { Engine } from './engine.ts';
import type { Entry, Keyspace } from './keyspace.ts';
import { formatFloat64 } from './numbers.ts';
import { type Bytes, bytesOf, type Command } from './reply.ts';
import { encodeCommands } from './resp.ts';

export class SnapshotCorrupt extends Error {
  override readonly name = 'SnapshotCorrupt';
}

const DIGEST_LENGTH = 64;

export function writeSnapshot(db: Keyspace): Bytes {
  const body = encodeCommands([...db.live()].flatMap(([key, entry]) => commandsFor(bytesOf(key), entry)));
  return Buffer.concat([Buffer.from(`${digest(body)}\n`), body]);
}

export function readSnapshot(engine: Engine, bytes: Bytes): void {
  const body = bytes.subarray(DIGEST_LENGTH + 1);
  const expected = Buffer.from(bytes.subarray(0, DIGEST_LENGTH)).toString();
  if (expected !== digest(body)) throw new SnapshotCorrupt('its checksum does not fit');
  for (const command of decodeReplies(body)) {
    const reply = engine.run(command as Command);
    if (reply instanceof RedisError) throw new SnapshotCorrupt(reply.message);
  }
}

function commandsFor(key: Bytes, entry: Entry): Command[] {
  const make = makeCommand(key, entry);
  if (entry.expiresAt === null) return [make];
  return [make, [bytesOf('PEXPIREAT'), key, bytesOf(String(entry.expiresAt))]];
}

function makeCommand(key: Bytes, entry: Entry): Command {
  if (entry.type === 'string') return [bytesOf('SET'), key, entry.content];
  if (entry.type === 'list') return [bytesOf('RPUSH'), key, ...entry.content];
  if (entry.type === 'set') return [bytesOf('SADD'), key, ...Array.from(entry.content, bytesOf)];
  if (entry.type === 'hash') {
    return [bytesOf('HSET'), key, ...[...entry.content].flatMap(([field, value]) => [bytesOf(field), value])];
  }
  const ranked = entry.content.slice(0);
  return [
    bytesOf('ZADD'),
    key,
    ...ranked.flatMap(({ member, score }) => [bytesOf(formatFloat64(score)), bytesOf(member)]),
  ];
}

function digest(body: Bytes): string {
  return createHash('sha256').update(body).digest('hex');
}
