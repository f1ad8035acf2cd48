/**
 * One step of a walk through all entries: the tags among theirs that begin in a given way.
 *
 * Shape   ARGV: cursor, pattern of the entries' keys, how many keys to look at, what the tags begin with
 *         -> [next cursor, '0' at the end; tags, each once]
 * Errors  none of its own: a key of another type has no tags
 * Cost    one trip; billed as EVALSHA_RO, one SCAN and one GETRANGE for each entry that it meets. Only the beginning of an
 *         entry is read, which holds its tags; of those that reach beyond it the rest goes unseen
 */

export const FIND_TAGS = `
local step = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', ARGV[3])
local wanted = ARGV[4]
local found, seen = {}, {}
for _, key in ipairs(step[2]) do
  local head = redis.pcall('GETRANGE', key, 0, 9215)
  if type(head) == 'string' and string.sub(head, 1, 3) == 'E1 ' then
    local tags = string.match(head, '^[^\\n]*\\n([^\\n]*)') or ''
    for tag in string.gmatch(tags, '[^ ]+') do
      if not seen[tag] and string.sub(tag, 1, #wanted) == wanted then
        seen[tag] = true
        found[#found + 1] = tag
      end
    end
  end
end
return { step[1], found }
`;
