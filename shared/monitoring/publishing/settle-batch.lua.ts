/**
 * Ends the batch that is pending, as one that arrived or one that did not; a batch that is pending no longer is left alone, so
 * that who comes late, or twice, changes nothing.
 *
 * Shape   KEYS pending, published; ARGV the batch, '1' where it arrived, its number -> 1 or 0
 * Cost    2 commands, 3 where it arrived
 */

export const SETTLE_BATCH = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[2] == '1' then redis.call('HSET', KEYS[2], 'sequence', ARGV[3], 'batch', ARGV[1]) end
redis.call('DEL', KEYS[1])
return 1
`;
