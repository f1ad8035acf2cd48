/**
 * A Redis in this process: one command at a time, each whole before the next, so transactions and scripts are atomic.
 *
 * Shape   command -> reply, at once
 * Errors  what Redis would refuse is a RedisError reply, in its words
 * Cost    some 20 ms to start, for Lua
 */
import { RedisError } from '../../../shared/redis/redis.ts';
import { counters } from './commands/counters.ts';
import { expiry } from './commands/expiry.ts';
import { hashes } from './commands/hashes.ts';
import { keys } from './commands/keys.ts';
import { lists } from './commands/lists.ts';
import { createScripting } from './commands/scripting.ts';
import { server } from './commands/server.ts';
import { sets } from './commands/sets.ts';
import { sortedSetRanges } from './commands/sorted-set-ranges.ts';
import { sortedSets } from './commands/sorted-sets.ts';
import { strings } from './commands/strings.ts';
import type { CommandSpec, CommandTable, Context } from './commands/table.ts';
import { createKeyspace, type Keyspace } from './keyspace.ts';
import { createScripts } from './lua/scripts.ts';
import { refuseCount } from './refusals.ts';
import { type Command, type Executor, nameOf, type Reply } from './reply.ts';

export interface EngineDeps {
  /** Epoch ms. */
  readonly clock: () => number;
  /** From 0 up to 1: what SPOP and SRANDMEMBER pick by. */
  readonly random: () => number;
}

export interface Engine extends Executor {
  run(command: Command): Reply;
  transaction(commands: readonly Command[]): Reply;
  scriptedCommands(): number;
  readonly db: Keyspace;
}

const DATA: CommandTable = {
  ...strings,
  ...counters,
  ...keys,
  ...expiry,
  ...hashes,
  ...sets,
  ...sortedSets,
  ...sortedSetRanges,
  ...lists,
  ...server,
};

export async function createEngine({ clock, random }: EngineDeps): Promise<Engine> {
  const db = createKeyspace(clock);
  const context: Context = { db, random };
  let scriptedCommands = 0;
  let writesRefused = false;
  const scripts = await createScripts(callFromScript);
  const table = new Map(Object.entries({ ...DATA, ...createScripting({ scripts, withoutWrites }) }));

  function execute(command: Command): Reply {
    try {
      return findCommand(table, command).run(context, command.slice(1));
    } catch (error) {
      if (error instanceof RedisError) return error;
      throw error;
    }
  }

  function callFromScript(command: Command): Reply {
    scriptedCommands++;
    const refusal = refuseFromScript(table, command, writesRefused);
    return refusal === undefined ? execute(command) : new RedisError(refusal);
  }

  function withoutWrites(run: () => Reply): Reply {
    writesRefused = true;
    try {
      return run();
    } finally {
      writesRefused = false;
    }
  }

  return {
    db,
    run(command) {
      db.stopClock();
      return execute(command);
    },
    transaction(commands) {
      db.stopClock();
      const isDiscarded = commands.some(command => isRefused(table, command));
      if (isDiscarded) return new RedisError('EXECABORT Transaction discarded because of previous errors.');
      return commands.map(execute);
    },
    scriptedCommands: () => scriptedCommands,
  };
}

type Table = ReadonlyMap<string, CommandSpec>;

const NO_NAME = new Uint8Array(0);

function findCommand(table: Table, command: Command): CommandSpec {
  const spec = table.get(nameOf(command[0] ?? NO_NAME).toUpperCase());
  if (spec === undefined) throw new RedisError(unknownCommand(command));
  const fits = spec.arity < 0 ? command.length >= -spec.arity : command.length === spec.arity;
  return fits ? spec : refuseCount(nameOf(command[0] ?? NO_NAME).toLowerCase());
}

const QUOTED_BYTES = 128;

function unknownCommand(command: Command): string {
  const [name = '', ...args] = command.map(bytes => Buffer.from(bytes.subarray(0, QUOTED_BYTES)).toString());
  const beginning = args.map(argument => `'${argument}' `).join('');
  return `ERR unknown command '${name}', with args beginning with: ${beginning.slice(0, QUOTED_BYTES)}`;
}

function isRefused(table: Table, command: Command): boolean {
  try {
    findCommand(table, command);
    return false;
  } catch {
    return true;
  }
}

/** What a script may not call, in the words that scripts hear. */
function refuseFromScript(table: Table, command: Command, writesRefused: boolean): string | undefined {
  const name = nameOf(command[0] ?? NO_NAME).toUpperCase();
  const spec = table.get(name);
  if (command.length === 0) return 'ERR Please specify at least one argument for this redis lib call';
  if (spec === undefined) return 'ERR Unknown Redis command called from script';
  if (/^(EVAL|SCRIPT|CONFIG)/.test(name)) return 'ERR This Redis command is not allowed from script';
  if (isRefused(table, command)) return 'ERR Wrong number of args calling Redis command from script';
  return writesRefused && spec.writes
    ? 'ERR Write commands are not allowed from read-only scripts.'
    : undefined;
}
