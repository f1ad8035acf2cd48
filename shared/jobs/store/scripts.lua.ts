/**
 * The moves of a row, one script each: the condition and the change in one step.
 *
 * Shape   KEYS and the first two of ARGV as move.lua.ts has them; the rest stands above each
 *         -> { what happened, … }, as job-store.ts tells it
 * Errors  none of their own
 * Cost    one trip each; billed as EVALSHA and what it calls: seven commands to claim, seven to end
 */

import { MOVE } from './move.lua.ts';

/** ARGV: holder, leaseUntil, attempts, perTenant ('' for none), watchAt, death ('' for none). */
export const CLAIM = `${MOVE}
if not was then return { 'absent' } end
local revived = was == 'dead' and ARGV[8] == job.deaths
if revived then begin_anew(ARGV[7]) end
if has_ended() then return { 'ended', was } end

if was == 'running' then
  if now < tonumber(job.leaseUntil) then return { 'busy', job.leaseUntil } end
  if job.cancelRequestedAt then
    finish('cancelled')
    return { 'cancelled' }
  end
end
local due = (was == 'scheduled' and job.runAt) or (was == 'failed' and job.nextAttemptAt)
if due and now < tonumber(due) then return { 'early', due } end

if tonumber(job.attempts) >= tonumber(ARGV[5]) then
  die_unheard(ARGV[7])
  return { 'exhausted', job.deaths, job.tenant }
end
local bound = was ~= 'running' and tonumber(ARGV[6])
if bound and tonumber(redis.call('HGET', running, job.tenant) or 0) >= bound then
  if revived then write() end
  return { 'capped', job.tenant, job.createdAt }
end

let_go()
set('state', 'running')
set('attempts', tonumber(job.attempts) + 1)
set('holder', ARGV[3])
set('startedAt', ARGV[2])
set('leaseUntil', ARGV[4])
write()
look(ARGV[7])
local payload = redis.call('HMGET', row, 'payload', 'payloadKey')
return { 'claimed', view(), payload[1], payload[2] }
`;

/** ARGV: holder, percent, message. */
export const PROGRESS = `${MOVE}
if was ~= 'running' or job.holder ~= ARGV[3] then return 'lost' end
if tonumber(ARGV[4]) >= tonumber(job.percent or 0) then
  set('percent', ARGV[4])
  set('progressMessage', ARGV[5])
  set('progressAt', ARGV[2])
  write()
end
return job.cancelRequestedAt and 'cancel' or 'go-on'
`;

/**
 * ARGV: holder, kind, watchAt, result ('' for none), then by kind: nextAttemptAt, code, message | code, message | runAt |
 * how often it may be handed back without an attempt being counted.
 */
export const END = `${MOVE}
if was ~= 'running' or job.holder ~= ARGV[3] then return { 'refused' } end
local kind = ARGV[4]
if job.cancelRequestedAt and kind ~= 'succeeded' then kind = 'cancelled' end

if ARGV[6] ~= '' then set('result', ARGV[6]) elseif kind ~= 'handed-back' then drop('result') end
if kind == 'succeeded' then
  drop('errorCode', 'errorMessage')
  finish('succeeded')
elseif kind == 'cancelled' then
  finish('cancelled')
elseif kind == 'dead' then
  die(ARGV[7], ARGV[8], ARGV[5])
elseif kind == 'failed' then
  let_go()
  set('state', 'failed')
  set('nextAttemptAt', ARGV[7])
  set('errorCode', ARGV[8])
  set('errorMessage', ARGV[9])
  write()
  look(ARGV[5])
elseif kind == 'postponed' then
  let_go()
  set('attempts', tonumber(job.attempts) - 1)
  set('state', 'scheduled')
  set('runAt', ARGV[7])
  write()
  look(ARGV[5])
else
  local times = tonumber(job.handBacks or 0) + 1
  if times <= tonumber(ARGV[7]) then set('attempts', tonumber(job.attempts) - 1) end
  set('handBacks', times)
  let_go()
  set('state', 'queued')
  write()
  look(ARGV[5])
end
return { 'moved', job.state, job.deaths }
`;

export const CANCEL = `${MOVE}
if not was then return { 'absent' } end
if has_ended() then return { 'ended', view() } end
if was ~= 'running' then
  finish('cancelled')
  return { 'cancelled', view(), was }
end
if not job.cancelRequestedAt then
  set('cancelRequestedAt', ARGV[2])
  write()
end
return { 'requested', view() }
`;

/** ARGV: watchAt. */
export const RETRY = `${MOVE}
if not was then return { 'absent' } end
if was ~= 'dead' and was ~= 'cancelled' and was ~= 'failed' then return { 'refused', view() } end
begin_anew(ARGV[3])
write()
return { 'queued', view() }
`;

/** For a row whose watch was due. ARGV: watchAt, attempts. */
export const RESCUE = `${MOVE}
local score = redis.call('ZSCORE', watch, id)
if not score or tonumber(score) > now then return { 'none' } end
if not was or was == 'succeeded' or was == 'cancelled' then
  redis.call('ZREM', watch, id)
  return { 'none' }
end
look(ARGV[3])
if was == 'dead' then return { 'bury', view(), job.deaths } end
if was ~= 'running' then return { 'send', view() } end

if now < tonumber(job.leaseUntil) then
  look(job.leaseUntil)
  return { 'none' }
end
if job.cancelRequestedAt then
  finish('cancelled')
  return { 'none' }
end
if tonumber(job.attempts) >= tonumber(ARGV[4]) then
  die_unheard(ARGV[3])
  return { 'bury', view(), job.deaths }
end
let_go()
set('state', 'queued')
write()
return { 'send', view() }
`;

/** KEYS: watch; ARGV: id, the instant its watch had, the one it gets or 'never'; again for each. */
export const CONFIRM = `
for i = 1, #ARGV, 3 do
  local score = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if score and tonumber(score) == tonumber(ARGV[i + 1]) then
    if ARGV[i + 2] == 'never' then redis.call('ZREM', KEYS[1], ARGV[i])
    else redis.call('ZADD', KEYS[1], ARGV[i + 2], ARGV[i]) end
  end
end
return 'OK'
`;

/** KEYS: row; ARGV: field of the effect. */
export const BEGIN_EFFECT = `
if redis.call('EXISTS', KEYS[1]) == 0 or redis.call('HSETNX', KEYS[1], ARGV[1], 'begun') == 1 then return { 'first' } end
local found = redis.call('HGET', KEYS[1], ARGV[1])
if found ~= 'begun' then return { 'done', string.sub(found, 6) } end
redis.call('HINCRBY', KEYS[1], 'repeats', 1)
return { 'again' }
`;

/** KEYS: row; ARGV: field of the effect, its result. */
export const COMPLETE_EFFECT = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], ARGV[1], 'done:' .. ARGV[2]) end
return 'OK'
`;
