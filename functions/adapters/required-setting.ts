/**
 * A setting that a function does not start without.
 *
 * Shape   environment, name -> its value
 * Errors  Error naming the setting where it is missing or empty
 */

export type Environment = Readonly<Record<string, string | undefined>>;

export function requiredSetting(environment: Environment, name: string): string {
  const value = environment[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}
