/**
 * Reads one variant of a base key, whatever its facets are, with the mark and the tokens of its tags, in one round trip.
 *
 * Shape   KEYS: base key, mark, recent purges; ARGV: prefix of hard tokens, prefix of soft tokens, number of tags known beforehand, those
 *         tags, then name and value of each facet
 *         -> [mark, recent purges, forks or '', entry or '', tokens of the known tags, tokens of the entry's other tags]; of each tag the
 *         hard and the soft token, of a tag that comes twice only once
 * Errors  none of its own: a key of another type reads as nothing, so that the next write replaces it
 * Cost    one trip; billed as EVALSHA_RO + MGET, and one MGET more for a variant, and one more for tags not known beforehand.
 *         The keys of variant and tags are known only while it runs, so they cannot be declared and it holds Upstash's
 *         global lock
 */

export const READ_ENTRY = `
local known = tonumber(ARGV[3])
local wanted = {}

local function want(keys, tag)
  if wanted[tag] then return end
  wanted[tag] = true
  keys[#keys + 1] = ARGV[1] .. tag
  keys[#keys + 1] = ARGV[2] .. tag
end

local function mget(keys)
  if #keys == 0 then return {} end
  local values = redis.call('MGET', unpack(keys))
  for i = 1, #keys do values[i] = values[i] or '' end
  return values
end

local function second_line(value)
  return string.match(value, '^[^\\n]*\\n([^\\n]*)\\n') or ''
end

local function variant(forks)
  local given = {}
  for i = 4 + known, #ARGV, 2 do given[ARGV[i]] = ARGV[i + 1] end
  local lines = {}
  for name in string.gmatch(second_line(forks), '[^ ]+') do
    lines[#lines + 1] = given[name] and (name .. ':' .. given[name]) or name
  end
  return mget({ KEYS[1] .. ':' .. redis.sha1hex(table.concat(lines, '\\n')) })[1]
end

local keys = { KEYS[2], KEYS[3], KEYS[1] }
for i = 1, known do want(keys, ARGV[3 + i]) end
local tokens = mget(keys)
local mark = table.remove(tokens, 1)
local purges = table.remove(tokens, 1)
local value = table.remove(tokens, 1)
local forks = ''
if string.sub(value, 1, 3) == 'F1 ' then
  forks = value
  value = variant(forks)
end

local others = {}
if string.sub(value, 1, 3) == 'E1 ' then
  for tag in string.gmatch(second_line(value), '[^ ]+') do want(others, tag) end
end
return { mark, purges, forks, value, tokens, mget(others) }
`;
