/**
 * Writes an address under each of its tags, for as long as a CDN may hold it, and forgets what is over.
 *
 * A tag holds a bounded number of addresses. Where one has to go while it still counts, the empty member stands for it and tells
 * until when the tag is incomplete.
 *
 * Shape   KEYS: a sorted set for each tag, of addresses by their end; ARGV: now, the end, the address, how many a tag may hold
 * Cost    one trip; billed as EVALSHA and four commands for each tag
 */

export const ADD_URL = `
local now, ends, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[4])
for i = 1, #KEYS do
  local tag = KEYS[i]
  redis.call('ZADD', tag, 'GT', ends, ARGV[3])
  redis.call('ZREMRANGEBYSCORE', tag, '-inf', now)
  if redis.call('ZCARD', tag) > most then
    local gone = redis.call('ZPOPMIN', tag)
    redis.call('ZADD', tag, 'GT', gone[1] == '' and ends or gone[2], '')
  end
  redis.call('PEXPIRE', tag, math.ceil(ends - now), 'GT')
  if redis.call('PTTL', tag) < 0 then redis.call('PEXPIRE', tag, math.ceil(ends - now)) end
end
return 'OK'
`;
