/**
 * Writes rows that are not there yet, many in one script: a row costs Redis little, and a call of a script much more.
 *
 * Shape   KEYS: watch, the list of the scheduled, that of the queued, then a row each
 *         ARGV, for each row: when to look after it, how many values follow, then its fields and values, of which the first
 *         are id, state, createdAt and fingerprint
 *         -> for each row 'created' | { 'existing' | 'mismatch', what it shows } | { 'unwritten', reason }
 * Errors  none of its own. The watch is set before the lists, and the lists before the rows: should Redis refuse one, what
 *         stands on watch has no row, and whoever looks after rows removes it. None is written and not on watch
 * Cost    two commands a row, and up to three for all
 */

import { ROW_FIELDS } from './row.ts';

export const CREATE = `
local watch, lists = KEYS[1], { scheduled = KEYS[2], queued = KEYS[3] }
local answers, first, last, looks, listed = {}, {}, {}, {}, { scheduled = {}, queued = {} }
local taken, at = {}, 1

for i = 4, #KEYS do
  local row, from = KEYS[i], at + 2
  first[i], last[i] = from, from + ARGV[at + 1] - 1
  if not taken[row] and redis.call('EXISTS', row) == 0 then
    local id, members = ARGV[from + 1], listed[ARGV[from + 3]]
    looks[#looks + 1] = ARGV[at]
    looks[#looks + 1] = id
    members[#members + 1] = 0
    members[#members + 1] = string.format('%013.0f', ARGV[from + 5]) .. ':' .. id
    taken[row] = i
  end
  at = last[i] + 1
end

if #looks > 0 then redis.call('ZADD', watch, unpack(looks)) end
for state, members in pairs(listed) do
  if #members > 0 then redis.call('ZADD', lists[state], unpack(members)) end
end

for i = 4, #KEYS do
  local row = KEYS[i]
  if taken[row] == i then
    redis.call('HSET', row, unpack(ARGV, first[i], last[i]))
    answers[i - 3] = 'created'
  else
    local found = redis.pcall('HMGET', row, 'fingerprint', ${ROW_FIELDS.map(name => `'${name}'`).join(', ')})
    if found.err then answers[i - 3] = { 'unwritten', found.err }
    else
      local print = table.remove(found, 1)
      answers[i - 3] = { print == ARGV[first[i] + 7] and 'existing' or 'mismatch', found }
    end
  end
end
return answers
`;
