/**
 * The message of a job: its id. A dead letter also says which death it stands for, so that it revives the job once and only
 * from that death, whoever moves it back: our API, the AWS console or a script.
 *
 * Shape   { job, death? } <-> text | null when it is anything else
 * Errors  none (total)
 */

import { parseJobId } from './job-id.ts';

export interface JobMessage {
  readonly job: string;
  readonly death?: number;
}

export function formatMessage({ job, death }: JobMessage): string {
  return JSON.stringify(death === undefined ? { job } : { job, death });
}

export function parseMessage(text: string): JobMessage | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return null;
  const { job, death } = value as Record<string, unknown>;
  if (typeof job !== 'string' || parseJobId(job) === null) return null;
  return Number.isSafeInteger(death) ? { job, death: death as number } : { job };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
