/**
 * Gives tags a new token, and the mark with them, in one command: MSET would, but knows no time to live, and tokens that
 * stay for ever fill a database by one key for each URL that was ever changed.
 *
 * Shape   KEYS: tokens, mark last; ARGV: the new token, its life in ms -> how many keys there were
 * Errors  none of its own
 * Cost    one trip; billed as EVALSHA and one SET for each tag and the mark
 */

export const PURGE_TAGS = `
for i = 1, #KEYS - 1 do redis.call('SET', KEYS[i], ARGV[1], 'PX', ARGV[2]) end
redis.call('SET', KEYS[#KEYS], ARGV[1])
return #KEYS
`;
