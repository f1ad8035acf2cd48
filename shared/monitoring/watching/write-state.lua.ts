/**
 * Writes the state of who watches, unless somebody else has written since it was read.
 *
 * Shape   KEYS state; ARGV the version that was read, the state -> 1 or 0
 * Cost    2 commands
 */

export const WRITE_STATE = `
local version = redis.call('HGET', KEYS[1], 'version') or '0'
if version ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'version', version + 1, 'state', ARGV[2])
return 1
`;
