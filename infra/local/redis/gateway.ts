/**
 * Upstash's REST protocol in front of any Redis: the same door on both tiers, so that what is tested is what is shipped.
 *
 * Errors  401 without the token, 400 with Redis's or the protocol's reason; an executor without a Redis rejects (500)
 * Source  upstash.com/docs/redis/features/restapi; upstash.com/docs/redis/howto/readyourwrites
 */
import { randomUUID } from 'node:crypto';
import type { Answer, WireRequest } from '../loopback.ts';
import { answerCall, json } from './gateway-answer.ts';
import { type Call, parseCall } from './gateway-request.ts';
import { createKeyLocking } from './key-locking.ts';
import type { Command, Executor, Reply } from './reply.ts';

export interface GatewayOptions {
  readonly executor: Executor;
  readonly token: string;
  /** Told of every call before it runs: what a client pays for. */
  readonly onRequest?: (info: GatewayRequest) => void;
}

export interface GatewayRequest {
  readonly kind: Call['kind'];
  readonly commands: number;
}

export function createGateway({ executor, token, onRequest }: GatewayOptions): Answer {
  const keyLocking = createKeyLocking();
  const run = createRunner(executor);
  const boot = randomUUID();
  let answered = 0;

  return async request => {
    if (!isAuthorized(request, token)) return json(401, { error: 'WRONGPASS invalid or missing auth token' });
    const call = parseCall(request);
    if (call.kind === 'refused') return json(call.status, { error: call.error });
    onRequest?.({ kind: call.kind, commands: call.commands.length });
    const replies = await run({ ...call, commands: call.commands.map(keyLocking.withoutRequest) });
    const named = replies.map((reply, i) => keyLocking.renamed(call.commands[i] ?? [], reply));
    const reply = answerCall(call, named);
    return { ...reply, headers: { ...reply.headers, 'upstash-sync-token': `${boot}.${++answered}` } };
  };
}

interface Runnable {
  readonly kind: Call['kind'];
  readonly commands: readonly Command[];
}

/** A transaction has one reply: its array, or the error that discarded it. */
function createRunner(executor: Executor): (call: Runnable) => Promise<readonly Reply[]> {
  return async ({ kind, commands }) => {
    if (kind === 'transaction') return [await executor.transaction(commands)];
    // All at once: an executor keeps the order in which it is called.
    return await Promise.all(commands.map(command => executor.run(command)));
  };
}

function isAuthorized(request: WireRequest, token: string): boolean {
  return request.headers.authorization?.[0] === `Bearer ${token}`;
}
