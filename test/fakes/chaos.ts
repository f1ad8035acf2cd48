/**
 * Any port with trouble in front of it or behind it: a call that fails before it is made did nothing; one that fails after
 * it did its work, and only the answer is lost. Waiting in either place delays.
 */

export interface Trouble {
  before?(method: string, args: readonly unknown[]): unknown;
  after?(method: string, args: readonly unknown[]): unknown;
}

export function withChaos<Port extends object>(port: Port, trouble: Trouble): Port {
  return new Proxy(port, {
    get(target, name) {
      const method = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return async (...args: unknown[]) => {
        await trouble.before?.(String(name), args);
        const result = await method.apply(target, args);
        await trouble.after?.(String(name), args);
        return result;
      };
    },
  });
}
