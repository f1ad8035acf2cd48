/**
 * Redis commands as a careless client sends them: few keys and members, so that they meet; right and wrong arguments.
 *
 * Left out, because Redis itself does not promise one answer: sums whose digits depend on the machine's long double
 * (the key f keeps to small ones), bytewise ranges over unequal scores (the key lex has none), what happens within a
 * millisecond.
 */
import fc from 'fast-check';

export type Text = readonly string[];

const key = fc.constantFrom('a', 'b', 'c');
const member = fc.constantFrom('', 'm', 'n', 'zz', 'é', '10', '3.5');
const integer = fc.constantFrom(
  '0',
  '1',
  '-1',
  '2',
  '-2',
  '5',
  '100',
  '-100',
  '9223372036854775807',
  '-9223372036854775808',
  '01',
  'x',
  '',
);
const small = fc.constantFrom('0', '1', '-1', '2', '-2', '5', '100', '-100');
const score = fc.constantFrom(
  '0',
  '1',
  '-1',
  '2.5',
  '1e3',
  '0.1',
  '1e-7',
  '123456789012345',
  'inf',
  '-inf',
  '+inf',
  'nan',
  'x',
  '',
);
const bound = fc.oneof(
  score,
  score.map(text => `(${text}`),
);
const lexBound = fc.constantFrom('-', '+', '[m', '(m', '[', '(zz', 'm');
/** Options that may or may not be there, in any order. */
const options = (...groups: Text[]) =>
  fc.shuffledSubarray(groups, { maxLength: Math.min(3, groups.length) }).map(chosen => chosen.flat());
const command = (name: string, ...parts: fc.Arbitrary<string | Text>[]): fc.Arbitrary<Text> =>
  fc.tuple(...parts).map(values => [name, ...values.flat()]);
const many = (part: fc.Arbitrary<string>, maxLength = 3) => fc.array(part, { minLength: 1, maxLength });
const manyPairs = (first: fc.Arbitrary<string>, second: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(first, second), { minLength: 1, maxLength: 3 }).map(pairs => pairs.flat());
const FAR = '32503680000';

export const strings = fc.oneof(
  command(
    'SET',
    key,
    member,
    options(
      ['NX'],
      ['XX'],
      ['GET'],
      ['KEEPTTL'],
      ['EX', '1000'],
      ['PXAT', `${FAR}000`],
      ['PX', '0'],
      ['EX', 'x'],
    ),
  ),
  command('GET', key),
  command('MGET', many(key)),
  command('MSET', many(key)),
  command('MSET', manyPairs(key, member)),
  command('MSETNX', manyPairs(key, member)),
  command('SETNX', key, member),
  command('SETEX', key, fc.constantFrom('0', '-1', '100000', 'x', '9223372036854775807'), member),
  command('PSETEX', key, fc.constantFrom('-5', '0', '1000000'), member),
  command('GETEX', key, options(['PERSIST'], ['EX', '1000'], ['EXAT', FAR])),
  command('GETDEL', key),
  command('GETSET', key, member),
  command('APPEND', key, member),
  command('STRLEN', key),
  command('INCR', key),
  command('DECR', key),
  command('INCRBY', key, integer),
  command('DECRBY', key, integer),
  command(
    'INCRBYFLOAT',
    fc.constant('f'),
    fc.constantFrom('0.1', '0.2', '-3', '1e1', '5.0e-3', 'x', '3.14159'),
  ),
  command('GETRANGE', key, integer, integer),
  command('SETRANGE', key, small, member),
);
export const keys = fc.oneof(
  command('DEL', many(key)),
  command('UNLINK', many(key)),
  command('EXISTS', many(key)),
  command('TOUCH', many(key)),
  command('TYPE', key),
  command('RENAME', key, key),
  command('PERSIST', key),
  command(
    'EXPIRE',
    key,
    fc.constantFrom('1000', '2000', '-1', 'x', '9223372036854775807'),
    options(['NX'], ['XX'], ['ZZ']),
  ),
  command('PEXPIRE', key, fc.constantFrom('1000000', '0'), options(['NX'], ['XX'])),
  command('EXPIREAT', key, fc.constantFrom(FAR, '1', '0'), options(['NX'], ['XX'], ['GT'], ['LT'])),
  command('PEXPIREAT', key, fc.constantFrom(`${FAR}000`, `${FAR}001`, '1'), options(['GT'], ['LT'])),
  command('TTL', key),
  command('KEYS', fc.constantFrom('*', '?', '[ab]', '[^a]', 'a*', '\\a', '[a-b]x', '[b-a]', '*a*b*')),
  command('DBSIZE'),
);
export const hashes = fc.oneof(
  command('HSET', key, manyPairs(member, member)),
  command('HSET', key, many(member)),
  command('HMSET', key, manyPairs(member, member)),
  command('HSETNX', key, member, member),
  command('HGET', key, member),
  command('HMGET', key, many(member)),
  command('HGETALL', key),
  command('HDEL', key, many(member)),
  command('HEXISTS', key, member),
  command('HINCRBY', key, member, integer),
  command('HINCRBYFLOAT', fc.constant('f'), member, fc.constantFrom('0.1', '0.2', '1', 'x')),
  command('HKEYS', key),
  command('HVALS', key),
  command('HLEN', key),
  command('HSCAN', key, fc.constant('0'), options(['MATCH', '*m*'], ['COUNT', '100'], ['COUNT', '0'])),
);
export const sets = fc.oneof(
  command('SADD', key, many(member)),
  command('SREM', key, many(member)),
  command('SMEMBERS', key),
  command('SISMEMBER', key, member),
  command('SMISMEMBER', key, many(member)),
  command('SCARD', key),
  command('SPOP', key, fc.constantFrom('100', '0', '-1', 'x')),
  command('SRANDMEMBER', key, fc.constantFrom('100', '0', 'x')),
  command('SUNION', many(key)),
  command('SINTER', many(key)),
  command('SDIFF', many(key)),
  command('SSCAN', key, fc.constantFrom('0', 'x')),
);
export const sortedSets = fc.oneof(
  command('ZADD', key, options(['NX'], ['XX'], ['GT'], ['LT'], ['CH'], ['INCR']), manyPairs(score, member)),
  command('ZADD', key, manyPairs(score, member)),
  command('ZADD', fc.constant('lex'), fc.constant('0'), member),
  command('ZADD', key, many(member)),
  command('ZREM', key, many(member)),
  command('ZSCORE', key, member),
  command('ZMSCORE', key, many(member)),
  command('ZINCRBY', key, score, member),
  command('ZCARD', key),
  command('ZCOUNT', key, bound, bound),
  command('ZRANGE', key, integer, integer, options(['REV'], ['WITHSCORES'], ['LIMIT', '0', '1'])),
  command(
    'ZRANGE',
    key,
    bound,
    bound,
    fc.constant('BYSCORE'),
    options(['REV'], ['WITHSCORES'], ['LIMIT', '1', '2'], ['LIMIT', '0', '-1'], ['LIMIT', '-1', '1']),
  ),
  command(
    'ZRANGE',
    fc.constant('lex'),
    lexBound,
    lexBound,
    fc.constant('BYLEX'),
    options(['REV'], ['LIMIT', '1', '1'], ['WITHSCORES']),
  ),
  command('ZRANGEBYSCORE', key, bound, bound, options(['WITHSCORES'], ['LIMIT', '1', '2'], ['REV'])),
  command('ZREVRANGE', key, small, small, options(['WITHSCORES'], ['LIMIT', '0', '1'])),
  command('ZREVRANGEBYSCORE', key, bound, bound, options(['WITHSCORES'], ['LIMIT', '0', '2'])),
  command('ZRANK', key, member),
  command('ZREVRANK', key, member),
  command('ZREMRANGEBYSCORE', key, bound, bound),
  command('ZREMRANGEBYRANK', key, small, small),
  command('ZPOPMIN', key, fc.constantFrom([], ['2'], ['-1'], ['x'], ['0'])),
  command('ZPOPMAX', key, fc.constantFrom([], ['2'], ['0'])),
  command('ZSCAN', key, fc.constant('0')),
);
export const lists = fc.oneof(
  command('LPUSH', key, many(member)),
  command('RPUSH', key, many(member)),
  command('LPOP', key, fc.constantFrom([], ['2'], ['0'], ['-1'], ['x'])),
  command('RPOP', key, fc.constantFrom([], ['2'], ['1', '2'])),
  command('LRANGE', key, integer, integer),
  command('LLEN', key),
  command('LINDEX', key, small),
  command('LREM', key, small, member),
  command('LTRIM', key, small, small),
  command('LSET', key, small, member),
  command('LMOVE', key, key, fc.constantFrom('LEFT', 'right', 'UP'), fc.constantFrom('LEFT', 'RIGHT')),
);
export const others = fc.oneof(
  command('ECHO', member),
  command('PING', fc.constantFrom([], ['x'], ['x', 'y'])),
  command(
    'EVAL',
    fc.constantFrom(
      "return redis.call('GET', KEYS[1])",
      "return {redis.pcall('LPUSH', KEYS[1], 'x'), KEYS[1]}",
      "return redis.call('ZSCORE', KEYS[1], 'm')",
    ),
    fc.constantFrom('1', '2', '-1', 'x'),
    key,
  ),
  command('NOSUCH', many(member)),
  command(
    'SCAN',
    fc.constant('0'),
    options(['MATCH', '[ab]'], ['COUNT', '100'], ['TYPE', 'hash'], ['COUNT', 'x']),
  ),
);
