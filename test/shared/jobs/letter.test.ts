import { describe, expect, it } from 'vitest';
import { letterOf, unreadableLetter } from '../../../shared/jobs/letter.ts';
import { parseMessage } from '../../../shared/jobs/message.ts';

const id = 'reports-0123456789abcdef01234567';

describe('a dead letter', () => {
  it('names its job, which death it stands for, and its tenant', () => {
    const { body, tenant } = letterOf({ id, tenant: 'acme', death: 1 });
    expect([parseMessage(body), tenant]).toEqual([{ job: id, death: 1 }, 'acme']);
  });

  it('of a first death is seen at once, of a later one only when the redrive that revived it has ended', () => {
    expect(letterOf({ id, tenant: 'acme', death: 1 }).delayMs).toBeUndefined();
    expect(letterOf({ id, tenant: 'acme', death: 2 }).delayMs).toBe(60_000);
  });

  it('that nobody can read keeps its words, and stays unseen as long', () => {
    expect(unreadableLetter('???')).toEqual({ body: '???', tenant: 'default', delayMs: 60_000 });
  });
});
