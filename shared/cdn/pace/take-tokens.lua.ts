/**
 * Takes tokens from several buckets at once, from all or from none.
 *
 * A bucket is one number, the instant at which it will be full again. A call moves it on by what it takes; where that would be
 * further away than the whole bucket, the surplus is the time to wait. So nothing has to be filled while nobody looks. An instant
 * further away than that was written by a clock that went ahead: the bucket is empty, and no emptier.
 *
 * Shape   KEYS: until when the account is paused, then a bucket each; ARGV: now, then the time that what is taken needs to come
 *         back and that of the whole bucket, for each -> ms to wait, 0 where the tokens were taken
 * Units   epoch ms, with fractions
 * Cost    one trip; billed as EVALSHA, MGET and a SET for each bucket
 * Source  ATM Forum, Traffic Management 4.0, "Generic Cell Rate Algorithm"
 */

export const TAKE_TOKENS = `
local now = tonumber(ARGV[1])
local kept = redis.call('MGET', unpack(KEYS))
local wait, full = tonumber(kept[1] or 0) - now, {}
for i = 2, #KEYS do
  local taken, whole = tonumber(ARGV[2 * i - 2]), tonumber(ARGV[2 * i - 1])
  full[i] = math.min(math.max(tonumber(kept[i] or 0), now), now + whole) + taken
  wait = math.max(wait, full[i] - whole - now)
end
if wait > 0 then return string.format('%.0f', math.ceil(wait)) end
for i = 2, #KEYS do
  redis.call('SET', KEYS[i], string.format('%.3f', full[i]), 'PX', math.ceil(full[i] - now) + 1000)
end
return '0'
`;
