/**
 * Removes a deployment: asks before, says what is kept, and takes the Worker first, so that nothing asks what goes after it. It
 * may be repeated: a Worker that is gone already is passed over.
 *
 * Errors  StepFailed with what to do next
 */

import type { DeployOptions } from './read-arguments.ts';
import { saysNoWorker } from './report.ts';
import { describeStep, type RunStep, StepFailed } from './step.ts';
import { deleteWorker, destroyStacks, listSecrets } from './steps.ts';

export interface DestroyDeps {
  readonly run: RunStep;
  readonly say: (line: string) => void;
  /** Undefined where there is nobody to ask. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
}

export const KEPT = [
  'Kept, and yours to delete:',
  '  the buckets data, images, variants and assets, with all that is in them; the next deployment finds them again',
  '  in production the logs',
  '  the function name-variant: its copies at CloudFront go some hours after the distribution, and then it may be deleted',
  'Never touched: Redis, Postgres, your origin, and every resource of your own that was named by its ARN.',
  'Gone with the stacks: messages in queues. The rows of jobs stay in Redis, and what was not done is enqueued again.',
] as const;

export async function destroy(
  options: DeployOptions,
  { run, say, ask }: DestroyDeps,
): Promise<'gone' | 'left'> {
  const { stage } = options;
  say(`This removes the Worker and the stacks of ${stage}.`);
  for (const line of KEPT) say(line);
  if (!options.yes && (await ask?.(`Type ${stage} to go on: `)) !== stage) {
    say(ask ? 'Left as it is.' : 'There is nobody to ask: give --yes.');
    return 'left';
  }
  const isGone = await hasNoWorker(options, run);
  if (isGone) say('Cloudflare: there is no Worker any more.');
  for (const step of [...(isGone ? [] : [deleteWorker(options)]), destroyStacks(options)]) {
    say(`${step.title}\n  ${describeStep(step)}`);
    await run(step);
  }
  say('done');
  return 'gone';
}

/** Only where wrangler says so: who is not logged in has a Worker still. */
async function hasNoWorker(options: DeployOptions, run: RunStep): Promise<boolean> {
  try {
    await run(listSecrets(options));
    return false;
  } catch (error) {
    return error instanceof StepFailed && saysNoWorker(error.said);
  }
}
