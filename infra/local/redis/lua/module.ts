/**
 * Lua 5.1's own C interface, as the WebAssembly build exports it: the part that scripts need, with bytes instead of texts.
 *
 * Cost    loads and compiles the module once, some 20 ms
 * Source  Lua 5.1 Reference Manual §3 (The Application Program Interface)
 */
import wasmoon from 'wasmoon-lua5.1';
import type { Bytes } from '../reply.ts';

/** A pointer into the module's memory. */
export type Pointer = number;

/** The exports keep C's names and C's argument order. */
interface Exports {
  readonly HEAPU8: Uint8Array;
  readonly HEAPU32: Uint32Array;
  addFunction(callback: (state: Pointer) => number, signature: 'ii'): Pointer;
  _malloc(bytes: number): Pointer;
  _free(pointer: Pointer): void;
  _luaL_newstate(): Pointer;
  _luaL_openlibs(state: Pointer): void;
  _luaL_loadbuffer(state: Pointer, source: Pointer, bytes: number, name: Pointer): number;
  _luaL_ref(state: Pointer, table: number): number;
  _luaL_unref(state: Pointer, table: number, reference: number): void;
  _lua_gettop(state: Pointer): number;
  _lua_settop(state: Pointer, top: number): void;
  _lua_checkstack(state: Pointer, slots: number): number;
  _lua_type(state: Pointer, index: number): number;
  _lua_toboolean(state: Pointer, index: number): number;
  _lua_tonumber(state: Pointer, index: number): number;
  _lua_tolstring(state: Pointer, index: number, length: Pointer): Pointer;
  _lua_pushnil(state: Pointer): void;
  _lua_pushboolean(state: Pointer, value: 0 | 1): void;
  _lua_pushnumber(state: Pointer, value: number): void;
  _lua_pushlstring(state: Pointer, bytes: Pointer, length: number): void;
  _lua_pushlightuserdata(state: Pointer, pointer: Pointer): void;
  _lua_pushcclosure(state: Pointer, callback: Pointer, upvalues: number): void;
  _lua_createtable(state: Pointer, items: number, fields: number): void;
  _lua_rawgeti(state: Pointer, table: number, index: number): void;
  _lua_rawseti(state: Pointer, table: number, index: number): void;
  _lua_rawget(state: Pointer, table: number): void;
  _lua_rawset(state: Pointer, table: number): void;
  _lua_error(state: Pointer): number;
  _lua_pcall(state: Pointer, args: number, results: number, handler: number): number;
}

export type LuaModule = Awaited<ReturnType<typeof loadLuaModule>>;

export async function loadLuaModule() {
  const { module: lua } = (await wasmoon.LuaApi.initialize()) as unknown as { module: Exports };
  const length = lua._malloc(4);

  /** Lends the bytes a place in the module's memory for the time of one call. */
  function lend<T>(bytes: Bytes, use: (pointer: Pointer) => T): T {
    const pointer = lua._malloc(bytes.length + 1);
    lua.HEAPU8.set(bytes, pointer);
    lua.HEAPU8[pointer + bytes.length] = 0;
    try {
      return use(pointer);
    } finally {
      lua._free(pointer);
    }
  }

  return {
    lua,
    lend,
    pushBytes: (state: Pointer, bytes: Bytes) =>
      lend(bytes, pointer => lua._lua_pushlstring(state, pointer, bytes.length)),
    /** A copy of the string (or number) at a place of the stack. */
    readBytes(state: Pointer, index: number): Bytes {
      const pointer = lua._lua_tolstring(state, index, length);
      return lua.HEAPU8.slice(pointer, pointer + (lua.HEAPU32[length >> 2] ?? 0));
    },
  };
}
