/**
 * Warms the edge: on schedule from the list of hot URLs, in between from messages of the queue.
 *
 * Shape   scheduled run -> summary; messages -> ids of those to try again
 * Units   ms
 * Errors  a message that cannot be read fails at every delivery and so ends in the dead-letter queue; one whose paths could
 *         not be fetched now fails too and is delivered again
 */

import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import type { Clock } from '../../shared/primitives/clock.ts';
import { parseWarmingMessage } from '../../shared/warm/message.ts';
import { summarize, type WarmOutcome, type WarmSummary } from '../../shared/warm/outcome.ts';
import { parseHotList } from '../../shared/warm/paths.ts';
import type { Warmer } from '../../shared/warm/warm.ts';

export interface WarmCacheDeps {
  readonly readHotList: () => Promise<string | null>;
  readonly warmer: Warmer;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface WarmCache {
  runList(remainingMs: number): Promise<WarmSummary>;
  runMessages(records: readonly SQSRecord[], remainingMs: number): Promise<SQSBatchResponse>;
}

/** What is kept of a run's time to hand in the result. */
const RESERVE_MS = 5_000;

export function createWarmCache({ readHotList, warmer, clock, log }: WarmCacheDeps): WarmCache {
  async function warm(paths: readonly string[], stopAt: number, notes: object) {
    const begunAt = clock();
    const outcomes = await warmer.warm(paths, stopAt);
    const summary = summarize(outcomes.values(), clock() - begunAt);
    log({ ...summary, ...notes, ...firstFailure(outcomes) });
    return { outcomes, summary };
  }

  return {
    async runList(remainingMs) {
      const stopAt = clock() + remainingMs - RESERVE_MS;
      const text = await readHotList();
      if (text === null) log({ note: 'There is no list of hot URLs: nothing to do' });
      const { paths, refused, cut } = parseHotList(text ?? '');
      return (await warm(paths, stopAt, notesOf({ refused, cut }))).summary;
    },
    async runMessages(records, remainingMs) {
      const stopAt = clock() + remainingMs - RESERVE_MS;
      const messages = records.map(({ messageId, body }) => ({
        messageId,
        message: parseWarmingMessage(body),
      }));
      const paths = new Set(messages.flatMap(({ message }) => message?.paths ?? []));
      const malformed = messages.filter(({ message }) => message === null).length;
      const { outcomes } = await warm([...paths], stopAt, notesOf({ malformed }));
      const again = messages.filter(
        ({ message }) => !message?.paths.every(path => isDone(outcomes.get(path))),
      );
      return { batchItemFailures: again.map(({ messageId }) => ({ itemIdentifier: messageId })) };
    },
  };
}

function isDone(outcome: WarmOutcome | undefined): boolean {
  return outcome !== undefined && outcome.kind !== 'failed' && outcome.kind !== 'skipped';
}

/** One example is enough to act on; a thousand would bury it. */
function firstFailure(outcomes: ReadonlyMap<string, WarmOutcome>): object {
  for (const [path, outcome] of outcomes) {
    if (outcome.kind === 'failed') return { firstFailure: `${path}: ${outcome.reason}` };
  }
  return {};
}

/** Only what happened is worth a word. */
function notesOf(counts: Readonly<Record<string, number>>): object {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
