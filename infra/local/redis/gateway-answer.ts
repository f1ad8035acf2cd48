/**
 * Writes replies as Upstash's REST protocol has them: JSON, JSON with base64 strings, or raw RESP2.
 *
 * Shape   (call, replies) -> HTTP reply; of a single command an error is a 400, in a pipeline it stands in its place
 * Source  upstash.com/docs/redis/features/restapi: "Response", "Base64 Encoded Responses", "RESP2 Format Responses"
 */
import { RedisError } from '../../../shared/redis/redis.ts';
import type { WireReply } from '../loopback.ts';
import type { Call, Form } from './gateway-request.ts';
import { OK, type Reply } from './reply.ts';
import { encodeReplies } from './resp.ts';

export function answerCall({ kind, form }: Call, replies: readonly Reply[]): WireReply {
  const [first = null] = replies;
  const failed = kind !== 'pipeline' && first instanceof RedisError;
  const status = failed ? 400 : 200;
  if (form === 'resp2')
    return { status, headers: { 'content-type': 'application/octet-stream' }, body: encodeReplies(replies) };
  if (kind === 'single' || failed) return json(status, toResult(first, form));
  const rows = kind === 'transaction' ? (first as readonly Reply[]) : replies;
  return json(
    status,
    rows.map(reply => toResult(reply, form)),
  );
}

export function json(status: number, body: unknown): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function toResult(reply: Reply, form: Form): { error: string } | { result: unknown } {
  return reply instanceof RedisError ? { error: reply.message } : { result: toJson(reply, form) };
}

function toJson(reply: Reply, form: Form): unknown {
  if (reply === null || typeof reply === 'number') return reply;
  if (reply instanceof Uint8Array) return encodeText(Buffer.from(reply), form);
  if (reply instanceof RedisError) return encodeText(Buffer.from(reply.message), form);
  if (typeof reply === 'string') return reply === OK ? OK : encodeText(Buffer.from(reply), form);
  return reply.map(item => toJson(item, form));
}

function encodeText(bytes: Buffer, form: Form): string {
  return form === 'base64' ? bytes.toString('base64') : bytes.toString();
}
