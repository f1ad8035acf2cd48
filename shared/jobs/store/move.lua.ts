/**
 * What all moves of a row share: the row is read once, changed as a table, and written once, with its place in the lists and
 * in the count of what runs, so that a move is seen whole or not at all.
 *
 * Shape   KEYS: row, watch, running (tenant -> how many), one list for each state; ARGV[1] the id, ARGV[2] the present
 * Errors  none of its own
 * Cost    reading is HMGET; writing HSET, and HDEL where fields go; a change of state two writes of lists more, and for a
 *         tenant with a bound HINCRBY into and out of `running`
 */

import { DEFAULT_TENANT, JOB_STATES } from '../job.ts';
import { ROW_FIELDS } from './row.ts';

/** How long a row is kept after its end. */
export const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

const OWN_FIELDS = ['holder', 'deaths', 'handBacks', 'fingerprint'] as const;

const quoted = (names: readonly string[]) => names.map(name => `'${name}'`).join(', ');

export const MOVE = `
local row, watch, running = KEYS[1], KEYS[2], KEYS[3]
local id, now = ARGV[1], tonumber(ARGV[2])
local lists = { ${JOB_STATES.map((state, at) => `${state} = KEYS[${at + 4}]`).join(', ')} }
local shown = { ${quoted(ROW_FIELDS)} }
local names = { ${quoted([...ROW_FIELDS, ...OWN_FIELDS])} }

local job, changed, gone = {}, {}, {}
local values = redis.call('HMGET', row, unpack(names))
for i = 1, #names do job[names[i]] = values[i] or nil end
local was = job.state

local function set(name, value)
  job[name], changed[name], gone[name] = value, value, nil
end

local function drop(...)
  for i = 1, select('#', ...) do
    local name = select(i, ...)
    if job[name] then job[name], changed[name], gone[name] = nil, nil, true end
  end
end

local function look(at)
  redis.call('ZADD', watch, at, id)
end

local function count(by)
  if job.tenant == '${DEFAULT_TENANT}' then return end
  if redis.call('HINCRBY', running, job.tenant, by) <= 0 then redis.call('HDEL', running, job.tenant) end
end

local function relist()
  local member = string.format('%013.0f', job.createdAt) .. ':' .. id
  if was then redis.call('ZREM', lists[was], member) end
  redis.call('ZADD', lists[job.state], 0, member)
  if was == 'running' then count(-1) end
  if job.state == 'running' then count(1) end
end

local function write()
  if job.state ~= was then
    set('changedAt', ARGV[2])
    relist()
  end
  set('revision', tonumber(job.revision or 0) + 1)
  local given, lost = {}, {}
  for name, value in pairs(changed) do
    given[#given + 1] = name
    given[#given + 1] = value
  end
  for name in pairs(gone) do lost[#lost + 1] = name end
  redis.call('HSET', row, unpack(given))
  if #lost > 0 then redis.call('HDEL', row, unpack(lost)) end
end

local function view()
  local seen = {}
  for i = 1, #shown do seen[i] = job[shown[i]] or false end
  return seen
end

local function let_go()
  drop('holder', 'startedAt', 'leaseUntil', 'cancelRequestedAt', 'nextAttemptAt')
end

local function finish(state)
  let_go()
  set('state', state)
  set('endedAt', ARGV[2])
  write()
  redis.call('PEXPIRE', row, ${KEPT_MS})
  redis.call('ZREM', watch, id)
end

local function die(code, message, look_at)
  set('errorCode', code)
  set('errorMessage', message)
  set('deaths', tonumber(job.deaths) + 1)
  finish('dead')
  look(look_at)
end

local function die_unheard(look_at)
  die('JOB_ATTEMPTS_USED_UP', 'No attempt is left: the last one ended without an outcome.', look_at)
end

local function begin_anew(look_at)
  redis.call('PERSIST', row)
  let_go()
  drop('endedAt', 'errorCode', 'errorMessage', 'percent', 'progressMessage', 'progressAt', 'handBacks', 'runAt', 'result')
  set('attempts', 0)
  set('state', 'queued')
  look(look_at)
end

local function has_ended()
  return job.state == 'succeeded' or job.state == 'cancelled' or job.state == 'dead'
end
`;
