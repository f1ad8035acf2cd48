import { describe, expect, it } from 'vitest';
import { fileNameOf, qualified, triggerFunctionOf } from '../../../shared/outbox/watched-table.ts';

const users = { schema: 'public', name: 'users' };

describe('a watched table', () => {
  it('is named with its quotes', () => expect(qualified({ schema: 's', name: 'a"b' })).toBe('"s"."a""b"'));

  it('has a function with a name that fits, reads well and is its own', async () => {
    const names = await Promise.all(
      [
        users,
        { schema: 'other', name: 'users' },
        { schema: 'public', name: 'Users' },
        { schema: 'public', name: 'ü'.repeat(31) },
      ].map(triggerFunctionOf),
    );
    expect(names[0]).toMatch(/^changed_users_[0-9a-f]{12}$/);
    expect(new Set(names).size).toBe(4);
    for (const name of names) expect(name).toMatch(/^[a-z0-9_]{1,63}$/);
    expect(await triggerFunctionOf(users)).toBe(names[0]);
  });

  it('has files that any system can name', () => {
    expect(fileNameOf(users)).toBe('outbox-public-users');
    expect(fileNameOf({ schema: '../x', name: 'Größe/1' })).toBe('outbox-_x-gr_e_1');
  });
});
