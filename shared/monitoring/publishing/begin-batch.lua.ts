/**
 * Writes down a batch that is about to be sent, unless another is pending or has arrived since this one was made.
 *
 * Shape   KEYS pending, published; ARGV the batch, the number of the one before -> 1 or 0
 * Cost    2 commands, 3 where it is written
 */

export const BEGIN_BATCH = `
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local before = redis.call('HGET', KEYS[2], 'sequence') or '0'
if before ~= ARGV[2] then return 0 end
redis.call('SET', KEYS[1], ARGV[1])
return 1
`;
