/**
 * Gives tags a new token, and the mark with them, in one command: MSET would, but knows no time to live, and tokens that
 * stay for ever fill a database by one key for each URL that was ever changed. The purge is written before the others in the
 * list of recent ones (recent-purges.ts); where somebody left another mark than the list's newest, the list begins anew.
 *
 * Shape   KEYS: tokens, then mark and list; ARGV: the new token, its life in ms, the words of the list's line, its most bytes
 *         -> how many keys there were
 * Errors  none of its own: a list of another type is replaced
 * Cost    one trip; billed as EVALSHA, one SET for each tag, two GETs, and two SETs for mark and list
 */

export const PURGE_TAGS = `
local mark, list = KEYS[#KEYS - 1], KEYS[#KEYS]
for i = 1, #KEYS - 2 do redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end
local before = redis.call('GET', mark)
local lines = redis.pcall('GET', list)
if type(lines) ~= 'string' or type(before) ~= 'string' or string.match(lines, '^[^ ]+') ~= before then lines = '' end
lines = ARGV[1] .. ' ' .. ARGV[3] .. '\\n' .. lines
if #lines > tonumber(ARGV[4]) then lines = string.match(string.sub(lines, 1, tonumber(ARGV[4])), '^.*\\n') or '' end
redis.call('SET', mark, ARGV[1])
redis.call('SET', list, lines, 'PX', ARGV[2])
return #KEYS
`;
