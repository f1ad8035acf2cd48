/**
 * The two scripts of application values: one reads a value with the tokens of tags that were not known beforehand, the
 * other writes one and binds it to the tokens of this very moment.
 *
 * Shape   READ_VALUE: KEYS value, mark; ARGV prefix of hard and of soft tokens -> [mark, value or '', tokens of its tags]
 *         BIND_VALUE: KEYS value, mark, hard and soft token of each tag; ARGV life in ms, frame -> [mark, tokens]
 * Errors  none of their own
 * Cost    one trip; billed as three commands each. BIND_VALUE declares all its keys; those that READ_VALUE learns while it
 *         runs cannot be declared
 */

export const READ_VALUE = `
local function mget(keys)
  local values = redis.call('MGET', unpack(keys))
  for i = 1, #keys do values[i] = values[i] or '' end
  return values
end
local found = mget({ KEYS[2], KEYS[1] })
local tokens = {}
if string.sub(found[2], 1, 3) == 'V1 ' then
  local keys = {}
  for tag in string.gmatch(string.match(found[2], '^[^\\n]*\\n([^\\n]*)\\n') or '', '[^ ]+') do
    keys[#keys + 1] = ARGV[1] .. tag
    keys[#keys + 1] = ARGV[2] .. tag
  end
  if #keys > 0 then tokens = mget(keys) end
end
return { found[1], found[2], tokens }
`;

export const BIND_VALUE = `
local values = redis.call('MGET', unpack(KEYS, 2))
for i = 1, #KEYS - 1 do values[i] = values[i] or '' end
redis.call('SET', KEYS[1], ARGV[2] .. table.concat(values, ' ', 2) .. '\\n', 'PX', ARGV[1])
return values
`;
