/**
 * Keeps a request from going round in circles between CDNs that name each other as origin: each one signs CDN-Loop, and
 * Headrace refuses what it has signed too often.
 *
 * More than once is allowed: a request may rightly pass two installations, one behind the other.
 *
 * Shape   fields -> fields with one more member 'headrace'; fields -> how often it is there
 * Errors  none (total)
 * Source  RFC 8586 §2
 */
import { type Fields, fieldValue } from './fields.ts';
import { splitList } from './grammar.ts';

const CDN_ID = 'headrace';

export const MAX_PASSES = 3;

/** Ask of the client's request, before anything is sent. */
export function isLooping(request: Fields): boolean {
  return countPasses(request) >= MAX_PASSES;
}

/** Nothing that is there may be changed or removed. */
export function appendCdnLoop(fields: Fields): Fields {
  return [...fields, ['cdn-loop', CDN_ID]];
}

/**
 * For a request whose answer goes to everyone: what others signed is a text of the client's that is in no key, so our own
 * signatures alone go on. They end any circle that leads through here.
 */
export function ownCdnLoop(request: Fields): Fields {
  return [
    [
      'cdn-loop',
      Array<string>(countPasses(request) + 1)
        .fill(CDN_ID)
        .join(', '),
    ],
  ];
}

/** How often a request came through a Headrace before. */
export function countPasses(request: Fields): number {
  const value = fieldValue(request, 'cdn-loop');
  if (value === undefined) return 0;
  const members = splitList(value);
  return members.filter(member => idOf(member) === CDN_ID).length;
}

/** Parameters follow a semicolon. */
function idOf(member: string): string {
  const [id = ''] = member.split(/[ \t]*;/, 1);
  return id.toLowerCase();
}
