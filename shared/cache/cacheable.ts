/**
 * A function whose results are cached, and the same as a decorator of methods. The key is the name and the arguments.
 *
 * Shape   cacheable(fn, options) -> function; `@cacheable(options)` on a method
 * Errors  CACHE_KEY_INVALID for arguments that JSON cannot tell apart, where no `key` is given; what the function throws
 * Cost    as getOrLoad
 */

import type { Cache, LoadOptions } from './cache-api.ts';
import { refuse } from './input.ts';
import { isPlainJson } from './plain-json.ts';

export interface CacheableOptions<Args extends unknown[], Value> extends LoadOptions<Value> {
  readonly cache: Cache;
  /** First segment of every key: two functions of one name share their results. */
  readonly name: string;
  /** What tells calls apart. @default the arguments as JSON */
  readonly key?: (...args: Args) => string;
}

type Result<Value> = Value | Promise<Value>;
/** Called with whatever `this` the call has, which is not part of the key. */
type Method<This, Args extends unknown[], Value> = (this: This, ...args: Args) => Result<Value>;
type CachedMethod<This, Args extends unknown[], Value> = (this: This, ...args: Args) => Promise<Value>;
type Decorator<Args extends unknown[], Value> = <This>(
  method: Method<This, Args, Value>,
  context: ClassMethodDecoratorContext,
) => CachedMethod<This, Args, Value>;

type AnyFunction = (this: never, ...args: never[]) => unknown;

export function cacheable<Fn extends AnyFunction>(
  fn: Fn,
  options: CacheableOptions<Parameters<Fn>, Awaited<ReturnType<Fn>>>,
): CachedMethod<ThisParameterType<Fn>, Parameters<Fn>, Awaited<ReturnType<Fn>>>;
export function cacheable<Args extends unknown[], Value>(
  options: CacheableOptions<Args, Value>,
): Decorator<Args, Value>;
export function cacheable<This, Args extends unknown[], Value>(
  first: Method<This, Args, Value> | CacheableOptions<Args, Value>,
  options?: CacheableOptions<Args, Value>,
): CachedMethod<This, Args, Value> | Decorator<Args, Value> {
  if (typeof first !== 'function') return <Self>(method: Method<Self, Args, Value>) => wrap(method, first);
  if (!options) throw refuse('CACHE_OPTION_INVALID', 'cacheable(fn) needs options, got none');
  return wrap(first, options);
}

function wrap<This, Args extends unknown[], Value>(
  fn: Method<This, Args, Value>,
  { cache, name, key = keyOfArguments, ...options }: CacheableOptions<Args, Value>,
): CachedMethod<This, Args, Value> {
  const results = cache.namespace(name);
  return async function (...args) {
    return results.getOrLoad<Value>(key(...args), async () => fn.apply(this, args), options);
  };
}

function keyOfArguments(...args: readonly unknown[]): string {
  if (isPlainJson(args)) return JSON.stringify(args);
  throw refuse('CACHE_KEY_INVALID', 'arguments that are not plain JSON need a `key` of their own');
}
