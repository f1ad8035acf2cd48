import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../infra/local/outbox/command.ts';

const users = ['--table', 'users', '--tags', 'users:{id}'];

describe('parseCommand', () => {
  it('fills in what was not said', () => {
    expect(parseCommand(users)).toEqual({
      kind: 'command',
      command: {
        table: { schema: 'public', name: 'users', tags: [[{ text: 'users:' }, { column: 'id' }]] },
        out: 'migrations',
        force: false,
      },
    });
  });

  it.each([
    [['--apply'], 'up'],
    [['--apply', 'up'], 'up'],
    [['--apply', 'down'], 'down'],
  ])('%j runs %s', (args, apply) =>
    expect(parseCommand([...users, ...args])).toMatchObject({ command: { apply } }),
  );

  it.each([
    [['--table', 'users'], '--tags is missing'],
    [['--tags', 'a'], '--table is missing'],
    [['--table', 'x'.repeat(64), '--tags', 'a'], '--table must be a name'],
    [[...users, '--schema', ''], '--schema must be a name'],
    [[...users, '--role', 'a\0'], '--role must be a name'],
    [['--table', 'users', '--tags', 'a b'], '--tags has " "'],
    [[...users, 'down'], "'down' is not understood"],
    [[...users, '--apply', 'sideways'], "'sideways' is not understood"],
    [[...users, '--nothing'], '--nothing'],
  ])('%j: %s', (args, words) =>
    expect(parseCommand(args)).toMatchObject({ kind: 'wrong', sentence: expect.stringContaining(words) }),
  );

  it.each([[[]], [['--help']], [['-h', '--table']]])('%j asks for help, or is told what is wrong', args =>
    expect(parseCommand(args).kind).not.toBe('command'),
  );
});
