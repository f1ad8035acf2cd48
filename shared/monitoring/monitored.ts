/**
 * A function whose calls are timed, and the same as a decorator of methods, where a compiler runs decorators.
 *
 * Shape   monitored(fn, options) -> function; `@monitored(options)` on a method
 * Errors  what the function throws; RangeError for a name that Prometheus does not take
 * Cost    a look-up by text and an addition for each call
 */

import type { Monitoring } from './application.ts';
import type { Labels } from './series.ts';

export interface MonitoredOptions {
  readonly monitoring: Pick<Monitoring, 'timer'>;
  /** Counted as `<name>_seconds`, by `result` ok or failed. */
  readonly name: string;
  readonly labels?: Labels;
}

type AnyMethod<This, Args extends unknown[], Result> = (this: This, ...args: Args) => Result;
type Decorator = <This, Args extends unknown[], Result>(
  method: AnyMethod<This, Args, Result>,
  context: ClassMethodDecoratorContext,
) => AnyMethod<This, Args, Result>;

export function monitored<This, Args extends unknown[], Result>(
  fn: AnyMethod<This, Args, Result>,
  options: MonitoredOptions,
): AnyMethod<This, Args, Result>;
export function monitored(options: MonitoredOptions): Decorator;
export function monitored<This, Args extends unknown[], Result>(
  first: AnyMethod<This, Args, Result> | MonitoredOptions,
  options?: MonitoredOptions,
): AnyMethod<This, Args, Result> | Decorator {
  if (typeof first !== 'function')
    return <Self, Given extends unknown[], Got>(method: AnyMethod<Self, Given, Got>) => wrap(method, first);
  if (!options) throw new TypeError('monitored(fn) needs options, got none');
  return wrap(first, options);
}

function wrap<This, Args extends unknown[], Result>(
  fn: AnyMethod<This, Args, Result>,
  { monitoring, name, labels }: MonitoredOptions,
): AnyMethod<This, Args, Result> {
  const timerOf = (result: string) => monitoring.timer(`${name}_seconds`, { ...labels, result });
  const [ok, failed] = [timerOf('ok'), timerOf('failed')] as const;
  return function (...args) {
    const [succeed, fail] = [ok.start(), failed.start()];
    try {
      const result = fn.apply(this, args);
      // A call is over when what it promised is.
      if (result instanceof Promise) void result.then(succeed, fail);
      else succeed();
      return result;
    } catch (error) {
      fail();
      throw error;
    }
  };
}
