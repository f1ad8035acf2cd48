/**
 * What has happened to a job between two readings of its row, as server-sent events.
 *
 * Shape   what was told last, the row now -> events, in order; only the last bears the row's revision as its id, so that
 *         a connection lost between two is told both again
 * Errors  none (total)
 * Source  HTML Standard, "Server-sent events"
 */

import type { Job } from '../../../shared/jobs/job.ts';

/** A whole row, or the revision of one that somebody else told. */
export type Told = Job | { readonly revision: number };

interface JobEvent {
  readonly name: 'state' | 'progress';
  readonly data: object;
}

export function eventsSince(told: Told | undefined, job: Job): readonly string[] {
  if (told && job.revision <= told.revision) return [];
  const events = [...progressSince(told, job), ...moveSince(told, job)];
  return events.map((event, at) => format(event, at === events.length - 1 ? job.revision : undefined));
}

/** Who has been told no row gets it whole, progress and all, as `state`. */
function progressSince(told: Told | undefined, { progress }: Job): readonly JobEvent[] {
  if (!progress || !isRow(told) || told.progress?.at === progress.at) return [];
  return [{ name: 'progress', data: progress }];
}

function moveSince(told: Told | undefined, job: Job): readonly JobEvent[] {
  const stands = isRow(told) && told.state === job.state && told.attempts === job.attempts;
  return stands && isBeingCancelled(told) === isBeingCancelled(job) ? [] : [{ name: 'state', data: job }];
}

function isRow(told: Told | undefined): told is Job {
  return told !== undefined && 'state' in told;
}

function isBeingCancelled(job: Job): boolean {
  return job.state === 'running' && job.cancelRequestedAt !== undefined;
}

/** JSON has no line breaks of its own, so one line of data is enough. */
function format({ name, data }: JobEvent, id: number | undefined): string {
  const named = id === undefined ? '' : `id: ${id}\n`;
  return `event: ${name}\n${named}data: ${JSON.stringify(data)}\n\n`;
}
