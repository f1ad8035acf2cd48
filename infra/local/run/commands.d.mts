/** Types of commands.mjs, which is plain JavaScript because it works before anything is installed. */

export interface Step {
  readonly program: string;
  readonly args: readonly string[];
  readonly watched?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

export declare const commandNames: readonly string[];
export declare function isCommand(name: string): boolean;
export declare function stepsOf(name: string, extra: readonly string[]): readonly Step[];
export declare function takesArguments(name: string): boolean;
