/**
 * Examines all that a block of the trace delivered through the edge, against what the origin's witness saw.
 *
 * Shape   deliveries, testimony -> Violation[]
 * Cost    each stored body is decoded once, however often it was delivered
 */

import { createHash } from 'node:crypto';
import type { Played } from '../playing/player.ts';
import { type Answer, decodedBody } from '../playing/wire.ts';
import type { Testimony } from '../stage/origin-process.ts';
import { createTruth, type Delivery, type Violation } from './truth.ts';

export interface Examiner {
  /** In the order in which they were played; the testimony is what came about by their end. */
  examine(played: readonly Played[], testimony: Testimony): Promise<readonly Violation[]>;
  /** How many bodies were held against the origin's. */
  examined(): number;
}

export function createExaminer(options: { readonly boundMs: number }): Examiner {
  const truth = createTruth(options);
  const hashOf = createHashing();
  let examined = 0;

  async function delivered({ step, answer, copyOf }: Played): Promise<Delivery | undefined> {
    if (step.kind === 'write') return undefined;
    // A 304 says that the copy is right: it is examined as if it had been delivered again.
    const source = answer.status === 304 ? copyOf?.answer : answer;
    if (source?.status !== 200) return undefined;
    return { ...step.url, hash: await hashOf(source), askedAt: answer.askedAt };
  }

  return {
    async examine(played, { renderings, changes }) {
      for (const rendering of renderings) truth.rendered(rendering);
      const answeredAt = new Map(played.flatMap(purgeOf));
      for (const { id, tags, doneAt } of changes) {
        truth.changed({ tags, doneAt, purgedAt: answeredAt.get(id) ?? doneAt });
      }
      const deliveries = await Promise.all(played.map(delivered));
      const found = deliveries.filter(delivery => delivery !== undefined);
      examined += found.length;
      return found.flatMap(delivery => truth.judge(delivery) ?? []);
    },
    examined: () => examined,
  };
}

/** Its answer waits for the purge. */
function purgeOf({ step, answer }: Played): readonly (readonly [string, number])[] {
  return step.kind === 'write' ? [[String(step.number), answer.askedAt + answer.tookMs]] : [];
}

function createHashing(): (answer: Answer) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return answer => {
    const name = `${answer.headers['content-encoding'] ?? ''} ${sha256(answer.body)}`;
    const hash = known.get(name) ?? decodedBody(answer).then(sha256);
    known.set(name, hash);
    return hash;
  };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
