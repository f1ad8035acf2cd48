/**
 * Compiles and runs scripts in one Lua: each by its hash, compiled once, none able to see what another left behind.
 *
 * Shape   source -> hash; hash, KEYS and ARGV -> reply
 * Errors  a script's failure is a RedisError reply
 * Cost    bytes cross the border by copy, 1 MB in about a millisecond
 */
import { createHash } from 'node:crypto';
import { RedisError } from '../../../../shared/redis/redis.ts';
import { refuseWith } from '../refusals.ts';
import { type Bytes, bytesOf, nameOf, type Reply } from '../reply.ts';
import { CJSON } from './cjson.lua.ts';
import { type LuaModule, loadLuaModule, type Pointer } from './module.ts';
import { PRELUDE } from './prelude.lua.ts';
import { createLuaValues, type LuaValues } from './values.ts';

const REGISTRY = -10000;
const ALL_RESULTS = -1;

export interface Scripts {
  /** Compiles unless it is known; refuses what is not Lua. */
  load(source: Bytes): string;
  knows(hash: string): boolean;
  forget(): void;
  run(hash: string, keys: readonly Bytes[], args: readonly Bytes[]): Reply;
}

/** @param call runs what a script gives to redis.call */
export async function createScripts(call: (command: readonly Bytes[]) => Reply): Promise<Scripts> {
  const module = await loadLuaModule();
  const values = createLuaValues(module);
  const { lua } = module;
  const state = lua._luaL_newstate();
  lua._luaL_openlibs(state);
  const bridge = createBridge(module, { values, call });
  const { sandbox, run } = loadPrelude(module, state, bridge);
  const compiled = new Map<string, number>();

  function load(source: Bytes): string {
    const hash = sha1(source);
    if (!compiled.has(hash)) compiled.set(hash, compile(source));
    return hash;
  }

  function compile(source: Bytes): number {
    lua._lua_rawgeti(state, REGISTRY, sandbox);
    loadChunk(module, state, { source, name: 'user_script' });
    lua._lua_pcall(state, 1, 1, 0);
    return lua._luaL_ref(state, REGISTRY);
  }

  return {
    load,
    knows: hash => compiled.has(hash),
    forget() {
      for (const reference of compiled.values()) lua._luaL_unref(state, REGISTRY, reference);
      compiled.clear();
    },
    run(hash, keys, args) {
      lua._lua_rawgeti(state, REGISTRY, run);
      lua._lua_rawgeti(state, REGISTRY, compiled.get(hash) ?? 0);
      module.pushBytes(state, bytesOf(hash));
      values.push(state, keys);
      values.push(state, args);
      const failed = lua._lua_pcall(state, 4, 1, 0) !== 0;
      const reply = values.pop(state);
      return failed
        ? new RedisError(`ERR ${reply instanceof Uint8Array ? nameOf(reply) : 'the script failed'}`)
        : reply;
    },
  };
}

interface Chunk {
  readonly source: Bytes;
  /** What errors call it; users know a script as user_script. */
  readonly name: 'user_script' | 'headrace';
}

function loadChunk(module: LuaModule, state: Pointer, { source, name: title }: Chunk): void {
  const { lua, lend } = module;
  const name = Buffer.from(`@${title}`);
  const failed = lend(source, from => lend(name, as => lua._luaL_loadbuffer(state, from, source.length, as)));
  if (failed === 0) return;
  const reason = nameOf(module.readBytes(state, -1));
  lua._lua_settop(state, 0);
  refuseWith(`ERR Error compiling script (new function): ${reason}`);
}

interface Bridge {
  readonly call: Pointer;
  readonly pcall: Pointer;
  readonly sha1hex: Pointer;
}

const NOT_ARGUMENTS = new RedisError('ERR Lua redis lib command arguments must be strings or integers');

function createBridge(
  { lua }: LuaModule,
  deps: { values: LuaValues; call: (command: readonly Bytes[]) => Reply },
): Bridge {
  const { values, call } = deps;
  const expose = (answer: (given: Bytes[] | undefined) => Reply, raise: boolean): Pointer =>
    lua.addFunction(state => {
      const reply = answer(values.readArguments(state));
      values.push(state, reply);
      // Raised from C, because Lua would lose the script's line where the call is the last thing that it does.
      return raise && reply instanceof RedisError ? lua._lua_error(state) : 1;
    }, 'ii');
  const callOrRefuse = (given: Bytes[] | undefined): Reply =>
    given === undefined ? NOT_ARGUMENTS : call(given);
  return {
    call: expose(callOrRefuse, true),
    pcall: expose(callOrRefuse, false),
    sha1hex: expose(([text = new Uint8Array(0)] = []) => bytesOf(sha1(text)), false),
  };
}

function loadPrelude(module: LuaModule, state: Pointer, bridge: Bridge): { sandbox: number; run: number } {
  const { lua } = module;
  loadChunk(module, state, { source: Buffer.from(PRELUDE), name: 'headrace' });
  for (const callback of [bridge.call, bridge.pcall, bridge.sha1hex])
    lua._lua_pushcclosure(state, callback, 0);
  loadChunk(module, state, { source: Buffer.from(CJSON), name: 'headrace' });
  lua._lua_pushlightuserdata(state, 0);
  lua._lua_pcall(state, 1, 1, 0);
  const failed = lua._lua_pcall(state, 4, ALL_RESULTS, 0) !== 0;
  if (failed) throw new Error(`The Lua prelude does not run: ${nameOf(module.readBytes(state, -1))}`);
  const run = lua._luaL_ref(state, REGISTRY);
  return { run, sandbox: lua._luaL_ref(state, REGISTRY) };
}

function sha1(bytes: Bytes): string {
  return createHash('sha1').update(bytes).digest('hex');
}
