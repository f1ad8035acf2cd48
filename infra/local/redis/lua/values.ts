/**
 * Carries replies into Lua and results out of it, by Redis's conversion rules.
 *
 * Shape   null <-> false, status <-> {ok=}, error <-> {err=}, array <-> table up to its first nil; numbers lose their fraction
 * Errors  a table nested without end becomes an error reply
 * Source  redis.io "Redis Lua API reference", "Data type conversion"
 */
import { RedisError } from '../../../../shared/redis/redis.ts';
import { formatFloat64 } from '../numbers.ts';
import { type Bytes, bytesOf, type Reply } from '../reply.ts';
import type { LuaModule, Pointer } from './module.ts';

const TYPE = { nil: 0, boolean: 1, number: 3, string: 4, table: 5 } as const;
const DEEPEST = 128;

export type LuaValues = ReturnType<typeof createLuaValues>;

export function createLuaValues({ lua, pushBytes, readBytes }: LuaModule) {
  function push(state: Pointer, reply: Reply): void {
    if (reply instanceof Uint8Array) pushBytes(state, reply);
    else if (typeof reply === 'number') lua._lua_pushnumber(state, reply);
    else if (reply === null) lua._lua_pushboolean(state, 0);
    else if (typeof reply === 'string') pushField(state, 'ok', reply);
    else if (reply instanceof RedisError) pushField(state, 'err', reply.message);
    else pushItems(state, reply);
  }

  function pushItems(state: Pointer, items: readonly Reply[]): void {
    lua._lua_checkstack(state, 3);
    lua._lua_createtable(state, items.length, 0);
    for (const [i, item] of items.entries()) {
      push(state, item);
      lua._lua_rawseti(state, -2, i + 1);
    }
  }

  function pushField(state: Pointer, name: 'ok' | 'err', text: string): void {
    lua._lua_createtable(state, 0, 1);
    pushBytes(state, Buffer.from(name));
    pushBytes(state, Buffer.from(text));
    lua._lua_rawset(state, -3);
  }

  /** The value on top of the stack, which is taken off it. */
  function pop(state: Pointer, depth = 0): Reply {
    const reply = read(state, depth);
    lua._lua_settop(state, -2);
    return reply;
  }

  function read(state: Pointer, depth: number): Reply {
    const type = lua._lua_type(state, -1);
    if (type === TYPE.string) return readBytes(state, -1);
    if (type === TYPE.number) return toInteger(lua._lua_tonumber(state, -1));
    if (type === TYPE.boolean) return lua._lua_toboolean(state, -1) === 1 ? 1 : null;
    return type === TYPE.table ? readTable(state, depth) : null;
  }

  function readTable(state: Pointer, depth: number): Reply {
    if (depth === DEEPEST) return new RedisError('ERR reached lua stack limit');
    lua._lua_checkstack(state, 3);
    const failure = readField(state, 'err');
    if (failure !== undefined) return new RedisError(failure);
    return readField(state, 'ok') ?? readItems(state, depth);
  }

  function readField(state: Pointer, name: 'ok' | 'err'): string | undefined {
    pushBytes(state, Buffer.from(name));
    lua._lua_rawget(state, -2);
    const text =
      lua._lua_type(state, -1) === TYPE.string ? Buffer.from(readBytes(state, -1)).toString() : undefined;
    lua._lua_settop(state, -2);
    return text;
  }

  function readItems(state: Pointer, depth: number): Reply[] {
    const items: Reply[] = [];
    for (;;) {
      lua._lua_rawgeti(state, -1, items.length + 1);
      const isEnd = lua._lua_type(state, -1) === TYPE.nil;
      if (isEnd) {
        lua._lua_settop(state, -2);
        return items;
      }
      items.push(pop(state, depth + 1));
    }
  }

  /** The arguments that a script gave to a function of ours; undefined when one is neither string nor number. */
  function readArguments(state: Pointer): Bytes[] | undefined {
    const given: Bytes[] = [];
    for (let i = 1; i <= lua._lua_gettop(state); i++) {
      const type = lua._lua_type(state, i);
      // Lua itself would write 14 digits; Redis writes 17, which are the same number when they are read again.
      if (type === TYPE.number) given.push(bytesOf(formatFloat64(lua._lua_tonumber(state, i))));
      else if (type === TYPE.string) given.push(readBytes(state, i));
      else return undefined;
    }
    return given;
  }

  return { push, pop, readArguments };
}

/** C's conversion to 64 bits: what does not fit, and what is no number, becomes the smallest. */
function toInteger(number: number): number {
  return Math.abs(number) < 2 ** 63 ? Math.trunc(number) : -(2 ** 63);
}
