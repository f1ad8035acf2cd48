import { describe, expect, it } from 'vitest';
import { eventsSince } from '../../../../edge/api/jobs/job-events.ts';
import type { Job } from '../../../../shared/jobs/job.ts';

const BASE = {
  id: 'reports-0123456789abcdef01234567',
  type: 'reports',
  lane: 'normal',
  tenant: 'default',
  priority: 5,
  createdAt: 1,
  changedAt: 1,
  repeats: 0,
} as const;
const queued: Job = { ...BASE, revision: 1, attempts: 0, state: 'queued' };
const running: Job = { ...BASE, revision: 2, attempts: 1, state: 'running', startedAt: 5, leaseUntil: 9 };
const at40: Job = { ...running, revision: 3, progress: { percent: 40, at: 6 } };
const done: Job = {
  ...BASE,
  ...{ progress: { percent: 100, at: 8 } },
  revision: 5,
  attempts: 1,
  state: 'succeeded',
  endedAt: 8,
};

const namesOf = (events: readonly string[]) => events.map(text => /^event: (\w+)/.exec(text)?.[1]);

describe('what is told of a job', () => {
  it('is at first the whole of it', () => {
    expect(eventsSince(undefined, queued)).toEqual([
      `event: state\nid: 1\ndata: ${JSON.stringify(queued)}\n\n`,
    ]);
    expect(namesOf(eventsSince(undefined, at40))).toEqual(['state']);
  });

  it('is nothing when nothing happened', () => {
    expect(eventsSince(queued, queued)).toEqual([]);
    expect(eventsSince(at40, { ...at40, revision: 4, changedAt: 7 })).toEqual([]);
  });

  it('is a state when it moved, was tried again, or is to stop', () => {
    expect(namesOf(eventsSince(queued, running))).toEqual(['state']);
    expect(namesOf(eventsSince(running, { ...running, revision: 6, attempts: 2 }))).toEqual(['state']);
    expect(namesOf(eventsSince(running, { ...running, revision: 6, cancelRequestedAt: 7 }))).toEqual([
      'state',
    ]);
  });

  it('is progress when it went on', () => {
    expect(eventsSince(running, at40)).toEqual(['event: progress\nid: 3\ndata: {"percent":40,"at":6}\n\n']);
  });

  it('is both when both happened, and only the last has the id', () => {
    const [progress = '', state = ''] = eventsSince(at40, done);
    expect(progress).toBe('event: progress\ndata: {"percent":100,"at":8}\n\n');
    expect(state).toContain('event: state\nid: 5\n');
  });

  it('goes on from a revision that was told before', () => {
    expect(eventsSince({ revision: 5 }, done)).toEqual([]);
    expect(namesOf(eventsSince({ revision: 2 }, done))).toEqual(['state']);
  });

  it('is one line, whatever a task says', () => {
    const job: Job = { ...running, revision: 7, progress: { percent: 1, message: 'a\nb\r\nc', at: 7 } };
    const [event = ''] = eventsSince(running, job);
    expect(event.trimEnd().split('\n')).toHaveLength(3);
  });
});
