/**
 * What every script finds in its Lua: the redis library and a safe selection of Lua's own, all of it read-only.
 *
 * Shape   called with the bridge's functions and cjson -> two functions: sandbox(chunk) and run(chunk, hash, KEYS, ARGV)
 * Errors  an error leaves as {err=}, with the script's hash and line, in Redis's words
 * Source  redis.io "Redis Lua API reference"; Redis 7.0.15, compared by the contract suite
 */

export const PRELUDE = `
local call, protectedCall, sha1hex, cjson = ...
local getinfo, plainPcall = debug.getinfo, pcall

local function readonly(library)
  local refuse = function() error('Attempt to modify a readonly table', 2) end
  return setmetatable({}, { __index = library, __newindex = refuse, __metatable = false })
end

local function errorReply(text)
  if type(text) ~= 'string' then return { err = 'ERR wrong number or type of arguments' } end
  text = text:gsub('^-', ''):gsub('[\\r\\n]+$', '')
  return { err = text:find(' ', 1, true) and text or 'ERR ' .. text }
end

local function statusReply(text)
  if type(text) ~= 'string' then return { err = 'ERR wrong number or type of arguments' } end
  return { ok = text }
end

-- A caught error of redis.call is its text, as it was before errors became tables.
local function textOfError(ok, failure, ...)
  if not ok and type(failure) == 'table' and type(failure.err) == 'string' then return false, failure.err end
  return ok, failure, ...
end

local globals = {
  assert = assert, error = error, getmetatable = getmetatable, ipairs = ipairs, next = next, pairs = pairs,
  rawequal = rawequal, rawget = rawget, select = select, setmetatable = setmetatable, tonumber = tonumber,
  tostring = tostring, type = type, unpack = unpack, xpcall = xpcall, _VERSION = _VERSION,
  pcall = function(...) return textOfError(plainPcall(...)) end,
  string = readonly(string), table = readonly(table), math = readonly(math), cjson = readonly(cjson),
  redis = readonly({
    call = call, pcall = protectedCall, error_reply = errorReply, status_reply = statusReply, sha1hex = sha1hex,
  }),
}
getmetatable('').__metatable = false

local environment = setmetatable({}, {
  __metatable = false,
  __index = function(_, name)
    local value = globals[name]
    if value == nil then
      error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
    end
    return value
  end,
  __newindex = function() error('Attempt to modify a readonly table', 2) end,
})

local function trace(failure)
  local place = ''
  for level = 2, 20 do
    local info = getinfo(level, 'Sl')
    if not info then break end
    if info.source == '@user_script' then
      place = ', on @user_script:' .. info.currentline
      break
    end
  end
  if type(failure) ~= 'table' then failure = { err = 'ERR ' .. tostring(failure) } end
  return { err = tostring(failure.err), place = place }
end

local function run(chunk, hash, keys, arguments)
  globals.KEYS, globals.ARGV = keys, arguments
  local ok, result = xpcall(chunk, trace)
  if ok then return result end
  return { err = result.err .. ' script: ' .. hash .. result.place .. '.' }
end

return function(chunk) return setfenv(chunk, environment) end, run
`;
