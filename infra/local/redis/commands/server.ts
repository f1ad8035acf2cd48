/** What clients ask about the server itself. */
import { bytesAt, nameAt, namesFrom } from '../arguments.ts';
import { createMatcher } from '../glob.ts';
import { refuseCount, refuseWith } from '../refusals.ts';
import { bytesOf } from '../reply.ts';
import { type CommandTable, reads } from './table.ts';

/** Nothing is ever evicted here: what a full Upstash database without eviction does, only that this one is never full. */
const SETTINGS = { maxmemory: '0', 'maxmemory-policy': 'noeviction' } as const;

const INFO = {
  server: ['redis_version:7.0.15', 'redis_mode:standalone', 'headrace_engine:embedded'],
  memory: [`maxmemory:${SETTINGS.maxmemory}`, `maxmemory_policy:${SETTINGS['maxmemory-policy']}`],
} as const satisfies Record<string, readonly string[]>;

export const server: CommandTable = {
  PING: reads(-1, (_, args) => {
    if (args.length > 1) refuseCount('ping');
    return args.length === 1 ? bytesAt(args, 0) : 'PONG';
  }),
  ECHO: reads(2, (_, args) => bytesAt(args, 0)),
  TIME: reads(1, ({ db }) => {
    const now = db.now();
    return [bytesOf(String(Math.floor(now / 1000))), bytesOf(String((now % 1000) * 1000))];
  }),
  INFO: reads(-1, (_, args) => {
    const wanted = namesFrom(args, 0).map(name => name.toLowerCase());
    const isWanted = (name: string) =>
      wanted.length === 0 || /^(all|everything|default)$/.test(wanted[0] ?? '') || wanted.includes(name);
    const sections = Object.entries(INFO).filter(([name]) => isWanted(name));
    return bytesOf(
      sections.map(([name, lines]) => [`# ${title(name)}`, ...lines, ''].join('\r\n')).join('\r\n'),
    );
  }),
  CONFIG: reads(-2, (_, args) => {
    if (nameAt(args, 0).toUpperCase() !== 'GET')
      refuseWith(`ERR unknown subcommand '${nameAt(args, 0)}'. Try CONFIG HELP.`);
    if (args.length < 2) refuseCount('config|get');
    const matchers = namesFrom(args, 1).map(pattern => createMatcher(pattern.toLowerCase()));
    const found = Object.entries(SETTINGS).filter(([name]) => matchers.some(matches => matches(name)));
    return found.flat().map(bytesOf);
  }),
};

function title(section: string): string {
  return section.charAt(0).toUpperCase() + section.slice(1);
}
