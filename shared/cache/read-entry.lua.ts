/**
 * Reads one variant of a base key, whatever its facets are, with the mark and the tokens of its tags, in one round trip.
 *
 * Shape   KEYS: base key, mark; ARGV: prefix of hard tokens, prefix of soft tokens, number of tags known beforehand, those
 *         tags, then name and value of each facet
 *         -> [mark, forks or '', entry or '', hard and soft token of each known tag, then of each tag of the entry]
 * Cost    one trip; billed as EVALSHA + GET + GET [+ GET of the variant] + MGET. The keys of variant and tags are known only
 *         while it runs, so they cannot be declared and it holds Upstash's global lock
 */

export const READ_ENTRY = `
local known = tonumber(ARGV[3])

local function variant(forks)
  local given = {}
  for i = 4 + known, #ARGV, 2 do given[ARGV[i]] = ARGV[i + 1] end
  local lines = {}
  for name in string.gmatch(string.match(forks, '^[^\\n]*\\n([^\\n]*)'), '[^ ]+') do
    lines[#lines + 1] = given[name] and (name .. ':' .. given[name]) or name
  end
  return redis.call('GET', KEYS[1] .. ':' .. redis.sha1hex(table.concat(lines, '\\n'))) or ''
end

local tokens = {}
local function want(tag)
  tokens[#tokens + 1] = ARGV[1] .. tag
  tokens[#tokens + 1] = ARGV[2] .. tag
end

local mark = redis.call('GET', KEYS[2]) or ''
local value = redis.call('GET', KEYS[1]) or ''
local forks = ''
if string.sub(value, 1, 3) == 'F1 ' then
  forks = value
  value = variant(forks)
end

for i = 1, known do want(ARGV[3 + i]) end
if string.sub(value, 1, 3) == 'E1 ' then
  local tags = string.match(string.sub(value, 1, 32768), '^[^\\n]*\\n([^\\n]*)\\n') or ''
  for tag in string.gmatch(tags, '[^ ]+') do want(tag) end
end

local reply = { mark, forks, value }
if #tokens > 0 then
  for i, token in ipairs(redis.call('MGET', unpack(tokens))) do reply[3 + i] = token or '' end
end
return reply
`;
