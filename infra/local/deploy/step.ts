/**
 * One step of a deployment: a program with its arguments, and what to do when it fails.
 *
 * Errors  StepFailed with the step's advice; a program that is not there is said so
 */

import { spawn } from 'node:child_process';

export interface Step {
  readonly title: string;
  readonly program: 'cdk' | 'wrangler' | 'npm';
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** For a person whose step has failed. */
  readonly advice: string;
  /** Its output is read and not shown. @default false */
  readonly isRead?: boolean;
}

export class StepFailed extends Error {
  override readonly name = 'StepFailed';
  /** What the program wrote, of a step whose output is read. */
  readonly said: string;

  constructor(message: string, said: string) {
    super(message);
    this.said = said;
  }
}

export type RunStep = (step: Step) => Promise<string>;

export function describeStep({ program, args }: Step): string {
  return [program, ...args].map(word => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

export function createRunStep(environment: NodeJS.ProcessEnv, cwd: string): RunStep {
  return step =>
    new Promise((resolve, reject) => {
      const child = spawn(step.program, step.args, {
        cwd,
        env: { ...environment, ...step.environment },
        stdio: ['inherit', step.isRead ? 'pipe' : 'inherit', step.isRead ? 'pipe' : 'inherit'],
      });
      const [chunks, errors]: [Buffer[], Buffer[]] = [[], []];
      child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
      child.stderr?.on('data', (chunk: Buffer) => errors.push(chunk));
      const said = () => Buffer.concat([...chunks, ...errors]).toString();
      child.once('error', ({ message }) => reject(failed(step, message, said())));
      child.once('close', (code, signal) => {
        if (code === 0) resolve(Buffer.concat(chunks).toString());
        else reject(failed(step, code === null ? `ended by ${signal}` : `exit code ${code}`, said()));
      });
    });
}

function failed({ title, program, advice }: Step, what: string, said: string): StepFailed {
  return new StepFailed(`${title}: ${program} failed (${what}). ${advice}`, said);
}
