/**
 * The Redis port whose pipeline is one transaction: other clients see all of its commands or none.
 *
 * Shape   as the port
 * Errors  as the port; RedisError when the whole was discarded; TypeError for bytes, which REST carries in no transaction, nothing sent
 * Cost    one HTTP request; replies come in base64, a third longer, because transactions know no RESP
 * Source  upstash.com/docs/redis/features/restapi: "Transactions", "Base64 Encoded Responses"
 */
import { withDeadline } from './deadline.ts';
import type { HttpAnswer } from './http-send.ts';
import { type Redis, type RedisCommand, RedisError, type RedisReply, RedisUnavailable } from './redis.ts';
import type { UpstashConnection } from './upstash-connection.ts';
import type { UpstashRequest } from './upstash-request.ts';

export function transactionsOver(connection: UpstashConnection, deadlineMs: number): Redis {
  return {
    async pipeline(commands, { signal } = {}) {
      if (commands.length === 0) return [];
      const request = transactionOf(commands);
      return await withDeadline({ deadlineMs, signal }, async ending => {
        const answer = await connection.exchange(request, { signal: ending, format: 'base64' });
        return readTransaction(answer, commands.length);
      });
    },
  };
}

function transactionOf(commands: readonly RedisCommand[]): UpstashRequest {
  const rows = commands.map(command => command.map(textOf));
  return {
    path: '/multi-exec',
    contentType: 'application/json',
    body: JSON.stringify(rows),
    commandCount: rows.length,
    repeatable: false,
  };
}

function textOf(argument: RedisCommand[number]): string {
  if (argument instanceof Uint8Array) throw new TypeError('a transaction carries no arguments of bytes');
  return String(argument);
}

type Json = string | number | null | readonly Json[];
type Row = { readonly result: Json } | { readonly error: string };

function readTransaction({ status, bytes }: HttpAnswer, commandCount: number): readonly RedisReply[] {
  const answer = parse(bytes);
  if (status === 200 && Array.isArray(answer) && answer.length === commandCount) return answer.map(readRow);
  if (status === 400 && isRefusal(answer)) throw new RedisError(answer.error);
  throw new RedisUnavailable(`Redis answered HTTP ${status} without replies`);
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new RedisUnavailable('Redis answered something that is not JSON', { cause: error });
  }
}

function isRefusal(answer: unknown): answer is { readonly error: string } {
  return (
    typeof answer === 'object' && answer !== null && 'error' in answer && typeof answer.error === 'string'
  );
}

function readRow(row: Row): RedisReply {
  return isRefusal(row) ? new RedisError(row.error) : readValue(row.result);
}

function readValue(value: Json): RedisReply {
  if (typeof value !== 'string')
    return Array.isArray(value) ? value.map(readValue) : (value as number | null);
  // The one text that is never encoded; as base64 it would be incomplete, so it cannot be anything else.
  return value === 'OK' ? value : Uint8Array.from(atob(value), character => character.charCodeAt(0));
}
