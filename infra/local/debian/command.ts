/**
 * Runs one of Debian's tools to its end and turns what it says into a value or a sentence.
 *
 * Errors  ToolFailure: the tool is absent, failed or ran out of time; its message is one sentence
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** What keeps the second tier from being had on this machine. */
export class ToolFailure extends Error {
  override readonly name = 'ToolFailure';
}

export interface CommandOptions {
  readonly signal: AbortSignal;
  readonly cwd?: string;
  /** Hears of each line of output while the tool runs. */
  readonly onLine?: (line: string) => void;
}

export interface CommandResult {
  readonly output: string;
  /** The first error or warning it printed: what follows is mostly its consequence; null when it had none. */
  readonly complaint: string | null;
}

export async function runTool(
  program: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { cwd = '/', signal } = options;
  const child = spawn(program, args, {
    cwd,
    signal,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = collectLines(child.stdout, options.onLine);
  const errors = collectLines(child.stderr);
  try {
    const [code] = await once(child, 'close');
    const complaint = firstComplaint(errors);
    if (code !== 0) throw new ToolFailure(complaint ?? `${program} ended with code ${code}`);
    return { output: output.join('\n'), complaint };
  } catch (error) {
    throw error instanceof ToolFailure ? error : new ToolFailure(explain(program, error), { cause: error });
  }
}

/** The sentences are parsed, so they must be English. */
const toolEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  LC_ALL: 'C',
  DEBIAN_FRONTEND: 'noninteractive',
});

function collectLines(stream: NodeJS.ReadableStream, onLine?: (line: string) => void): readonly string[] {
  const lines: string[] = [];
  createInterface({ input: stream }).on('line', line => {
    lines.push(line);
    onLine?.(line);
  });
  return lines;
}

const firstComplaint = (lines: readonly string[]): string | null =>
  lines
    .find(line => /^(E|W|Err|error|tar|dpkg-deb)\b/.test(line))
    ?.replace(/^[EW]: /, '')
    .replaceAll(/\s+/g, ' ')
    .trim() ?? null;

function explain(program: string, error: unknown): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return `${program} is not on this machine, which is no Debian`;
  if (name === 'AbortError') return `${program} did not finish in time`;
  return message;
}
