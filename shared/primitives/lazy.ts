/**
 * Makes a value when it is first asked for, and keeps it: a Worker starts in milliseconds only if it builds nothing that its
 * first request does not need, and schemas are dear to build.
 *
 * Shape   (() -> value) -> (() -> value)
 * Errors  those of making: nothing is kept then, and the next call tries again
 */

export function lazy<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
