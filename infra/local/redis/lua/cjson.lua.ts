/**
 * The cjson library of Redis's Lua, in Lua: encode, decode and null.
 *
 * Shape   called with the value that stands for null -> the library
 * Errors  Lua errors in cjson's words
 * Source  lua-cjson 2.1 manual: sparse arrays, 14 digits, an empty table is an object
 */

export const CJSON = `
local null = ...
local DEEPEST = 1000
local encodeValue, decodeValue

local escapes = { ['"'] = '\\\\"', ['\\\\'] = '\\\\\\\\', ['/'] = '\\\\/', ['\\b'] = '\\\\b', ['\\f'] = '\\\\f', ['\\n'] = '\\\\n',
  ['\\r'] = '\\\\r', ['\\t'] = '\\\\t' }

local function encodeString(text)
  local escape = function(c) return escapes[c] or string.format('\\\\u%04x', c:byte()) end
  return '"' .. text:gsub('[%c"\\\\/\\127]', escape) .. '"'
end

local function encodeNumber(number)
  if number ~= number or number == math.huge or number == -math.huge then
    error('Cannot serialise number: must not be NaN or Inf', 0)
  end
  return string.format('%.14g', number)
end

-- The length when the table is a list with few holes, else 0.
local function listLength(value)
  local last, count = 0, 0
  for key in pairs(value) do
    if type(key) ~= 'number' or key < 1 or math.floor(key) ~= key then return 0 end
    if key > last then last = key end
    count = count + 1
  end
  if last > 10 and last > count * 2 then error('Cannot serialise table: excessively sparse array', 0) end
  return last
end

local function encodeKey(key)
  if type(key) == 'string' then return encodeString(key) end
  if type(key) == 'number' then return '"' .. encodeNumber(key) .. '"' end
  error('Cannot serialise ' .. type(key) .. ': table key must be a number or string', 0)
end

local function encodeTable(value, depth)
  if depth > DEEPEST then error('Cannot serialise, excessive depth (' .. depth .. ')', 0) end
  local parts, length = {}, listLength(value)
  if length > 0 then
    for i = 1, length do parts[i] = encodeValue(value[i], depth + 1) end
    return '[' .. table.concat(parts, ',') .. ']'
  end
  for key, item in pairs(value) do parts[#parts + 1] = encodeKey(key) .. ':' .. encodeValue(item, depth + 1) end
  return '{' .. table.concat(parts, ',') .. '}'
end

function encodeValue(value, depth)
  local kind = type(value)
  if kind == 'string' then return encodeString(value) end
  if kind == 'number' then return encodeNumber(value) end
  if kind == 'boolean' then return tostring(value) end
  if kind == 'nil' or value == null then return 'null' end
  if kind == 'table' then return encodeTable(value, depth) end
  error('Cannot serialise ' .. kind .. ': type not supported', 0)
end

local function expected(what, text, at)
  local found = at > #text and 'T_END' or 'invalid token'
  error('Expected ' .. what .. ' but found ' .. found .. ' at character ' .. at, 0)
end

local function skip(text, at) return text:find('[^ \\t\\r\\n]', at) or #text + 1 end

local function utf8(code)
  local char, floor = string.char, math.floor
  if code < 128 then return char(code) end
  if code < 2048 then return char(192 + floor(code / 64), 128 + code % 64) end
  if code < 65536 then return char(224 + floor(code / 4096), 128 + floor(code / 64) % 64, 128 + code % 64) end
  return char(240 + floor(code / 262144), 128 + floor(code / 4096) % 64, 128 + floor(code / 64) % 64, 128 + code % 64)
end

local plain = { ['"'] = '"', ['\\\\'] = '\\\\', ['/'] = '/', b = '\\b', f = '\\f', n = '\\n', r = '\\r', t = '\\t' }

local function decodeEscape(text, at)
  local letter = text:sub(at + 1, at + 1)
  if plain[letter] then return plain[letter], at + 2 end
  local high = tonumber(text:match('^u(%x%x%x%x)', at + 1) or '', 16)
  if not high then expected('value', text, at) end
  local low = high >= 55296 and high < 56320 and tonumber(text:match('^\\\\u(%x%x%x%x)', at + 6) or '', 16)
  if low and low >= 56320 and low < 57344 then
    return utf8(65536 + (high - 55296) * 1024 + low - 56320), at + 12
  end
  return utf8(high), at + 6
end

local function decodeString(text, at)
  local parts, start = {}, at + 1
  while true do
    local stop = text:find('["\\\\]', start)
    if not stop then expected('value', text, #text + 1) end
    parts[#parts + 1] = text:sub(start, stop - 1)
    if text:sub(stop, stop) == '"' then return table.concat(parts), stop + 1 end
    parts[#parts + 1], start = decodeEscape(text, stop)
  end
end

-- The items between brackets, each read by one, to the closing bracket.
local function decodeItems(text, at, close, one)
  at = skip(text, at + 1)
  if text:sub(at, at) == close then return at + 1 end
  while true do
    at = skip(text, one(at))
    local mark = text:sub(at, at)
    if mark == close then return at + 1 end
    if mark ~= ',' then expected('comma or ' .. (close == ']' and 'array' or 'object') .. ' end', text, at) end
    at = skip(text, at + 1)
  end
end

local function decodeArray(text, at, depth)
  local list = {}
  local stop = decodeItems(text, at, ']', function(from)
    list[#list + 1], from = decodeValue(text, from, depth + 1)
    return from
  end)
  return list, stop
end

local function decodeObject(text, at, depth)
  local object = {}
  local stop = decodeItems(text, at, '}', function(from)
    if text:sub(from, from) ~= '"' then expected('object key string', text, from) end
    local key, colon = decodeString(text, from)
    colon = skip(text, colon)
    if text:sub(colon, colon) ~= ':' then expected('colon', text, colon) end
    object[key], from = decodeValue(text, skip(text, colon + 1), depth + 1)
    return from
  end)
  return object, stop
end

local words = { ['true'] = true, ['false'] = false, null = null }

function decodeValue(text, at, depth)
  if depth > DEEPEST then error('Found too many nested data structures (' .. depth .. ')', 0) end
  local mark = text:sub(at, at)
  if mark == '"' then return decodeString(text, at) end
  if mark == '{' then return decodeObject(text, at, depth) end
  if mark == '[' then return decodeArray(text, at, depth) end
  local digits = text:match('^-?%d+%.?%d*[eE]?[+-]?%d*', at)
  if digits and tonumber(digits) then return tonumber(digits), at + #digits end
  local word = text:match('^%a+', at)
  if words[word or ''] == nil then expected('value', text, at) end
  return words[word], at + #word
end

local function decode(text)
  if type(text) ~= 'string' then error("bad argument #1 to 'decode' (string expected, got " .. type(text) .. ')', 0) end
  local value, at = decodeValue(text, skip(text, 1), 1)
  at = skip(text, at)
  if at <= #text then expected('the end', text, at) end
  return value
end

-- Errors name the line of the script, not a line in here.
local function exposed(work)
  return function(...)
    local ok, result = pcall(work, ...)
    if not ok then error(result, 2) end
    return result
  end
end

return { null = null, encode = exposed(function(value) return encodeValue(value, 1) end), decode = exposed(decode) }
`;
