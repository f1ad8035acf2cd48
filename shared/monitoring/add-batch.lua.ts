/**
 * Adds a batch of counts to the totals and to the periods that it was counted in, once for each batch.
 *
 * Shape   KEYS: batch, totals, notes, late, then the periods; ARGV: life of the batch's id in ms, most series, life of the
 *         notes in ms, most notes, life of the mark in ms that periods which were over have changed (0: they were not), life
 *         of each period in ms …, number of notes, those notes, then series and text by turns
 *         -> 1, or 0 when the batch was added before
 * Errors  none of its own: what is stored under a series and is no count is replaced
 * Cost    one trip; billed as EVALSHA, SET and HLEN, and of the totals and each period an HMGET, an HSET and a PEXPIRE
 *         (the totals have none): 11 commands however many series; HMGET once more when the store is full, three more
 *         where there are notes, SET once more where it comes late
 */

export const ADD_BATCH = `
local stored = redis.call('HLEN', KEYS[2])
if not redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) then return 0 end

local periods = #KEYS - 4
local at = 6 + periods
local notes = tonumber(ARGV[at])
if notes > 0 then
  local lines = {}
  for i = 1, notes do lines[i] = ARGV[at + i] end
  redis.call('LPUSH', KEYS[3], unpack(lines))
  redis.call('LTRIM', KEYS[3], 0, tonumber(ARGV[4]) - 1)
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
end

local function number(value)
  if value == math.floor(value) then return string.format('%.0f', value) end
  return string.format('%.6f', value)
end

local function plus(old, new)
  local kind = string.sub(new, 1, 1)
  if not old or string.sub(old, 1, 1) ~= kind or kind == 'g' then return new end
  local before = tonumber(string.match(old, '^.([%d.]+)'))
  local sum = tonumber(string.match(new, '^.([%d.]+)'))
  if not before then return new end
  if kind == 'c' then return 'c' .. number(before + sum) end
  local counts, order = {}, {}
  for _, text in ipairs({ old, new }) do
    for bucket, n in string.gmatch(text, ',(%d+):(%d+)') do
      if not counts[bucket] then order[#order + 1] = bucket end
      counts[bucket] = (counts[bucket] or 0) + tonumber(n)
    end
  end
  local parts = { kind .. number(before + sum) }
  for _, bucket in ipairs(order) do parts[#parts + 1] = bucket .. ':' .. number(counts[bucket]) end
  return table.concat(parts, ',')
end

local function fold(series)
  return (string.gsub(string.gsub(series, '\\\\.', ''), '="[^"]*"', '="other"'))
end

local series = {}
for i = at + notes + 1, #ARGV, 2 do series[#series + 1] = ARGV[i] end
if #series == 0 then return 1 end
if tonumber(ARGV[5]) > 0 then redis.call('SET', KEYS[4], KEYS[1], 'PX', ARGV[5]) end

local room = tonumber(ARGV[2]) - stored
local tight = room < #series
local known = tight and redis.call('HMGET', KEYS[2], unpack(series)) or {}
local fields, texts = {}, {}
for i = 1, #series do
  local field = series[i]
  if tight and not known[i] then
    if room > 0 then room = room - 1 else field = fold(field) end
  end
  if not texts[field] then fields[#fields + 1] = field end
  texts[field] = plus(texts[field], ARGV[at + notes + 2 * i])
end

local function add(key)
  local stored = redis.call('HMGET', key, unpack(fields))
  local written = {}
  for i = 1, #fields do
    written[2 * i - 1] = fields[i]
    written[2 * i] = plus(stored[i], texts[fields[i]])
  end
  redis.call('HSET', key, unpack(written))
end

add(KEYS[2])
for i = 1, periods do
  add(KEYS[4 + i])
  redis.call('PEXPIRE', KEYS[4 + i], ARGV[5 + i])
end
return 1
`;
