/** EVAL and its sisters, and SCRIPT: scripts by source and by hash. */
import { type Args, bytesAt, int64At, nameAt, namesFrom, optionAt } from '../arguments.ts';
import type { Scripts } from '../lua/scripts.ts';
import { refuse, refuseCount, refuseWith } from '../refusals.ts';
import { bytesOf, OK, type Reply } from '../reply.ts';
import { type CommandTable, writes } from './table.ts';

export interface Scripting {
  readonly scripts: Scripts;
  /** Runs a script while its writes are refused. */
  withoutWrites(run: () => Reply): Reply;
}

export function createScripting({ scripts, withoutWrites }: Scripting): CommandTable {
  const evaluate = (args: Args) => run(args, scripts.load(bytesAt(args, 0)));
  const evaluateKnown = (args: Args) => {
    const hash = nameAt(args, 0).toLowerCase();
    return scripts.knows(hash)
      ? run(args, hash)
      : refuseWith('NOSCRIPT No matching script. Please use EVAL.');
  };

  function run(args: Args, hash: string): Reply {
    const count = keyCount(args);
    return scripts.run(hash, args.slice(2, 2 + count), args.slice(2 + count));
  }

  return {
    EVAL: writes(-3, (_, args) => checked(args, evaluate)),
    EVALSHA: writes(-3, (_, args) => checked(args, evaluateKnown)),
    EVAL_RO: writes(-3, (_, args) => checked(args, given => withoutWrites(() => evaluate(given)))),
    EVALSHA_RO: writes(-3, (_, args) => checked(args, given => withoutWrites(() => evaluateKnown(given)))),
    SCRIPT: writes(-2, (_, args) => administer(scripts, args)),
  };
}

function checked(args: Args, evaluate: (args: Args) => Reply): Reply {
  keyCount(args);
  return evaluate(args);
}

function keyCount(args: Args): number {
  const count = Number(int64At(args, 1));
  if (count > args.length - 2) refuseWith("ERR Number of keys can't be greater than number of args");
  if (count < 0) refuseWith("ERR Number of keys can't be negative");
  return count;
}

function administer(scripts: Scripts, args: Args): Reply {
  const action = optionAt(args, 0);
  if (action === 'LOAD')
    return args.length === 2 ? bytesOf(scripts.load(bytesAt(args, 1))) : refuseCount('script|load');
  if (action === 'EXISTS') {
    if (args.length < 2) refuseCount('script|exists');
    return namesFrom(args, 1).map(hash => (scripts.knows(hash.toLowerCase()) ? 1 : 0));
  }
  if (action !== 'FLUSH') refuseWith(`ERR unknown subcommand '${nameAt(args, 0)}'. Try SCRIPT HELP.`);
  if (args.length > 2 || (args.length === 2 && !/^A?SYNC$/.test(optionAt(args, 1)))) refuse('syntax');
  scripts.forget();
  return OK;
}
