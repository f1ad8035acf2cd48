/**
 * Loaded before the AWS runtime client in a function's process: puts our client in the place of its compiled part, and
 * ends the process when the one that started it is gone.
 */

import { registerHooks } from 'node:module';

const COMPILED_PART = './rapid-client.node';
const ours = new URL('./rapid-client.ts', import.meta.url).href;

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === COMPILED_PART
      ? { url: ours, format: 'module-typescript', shortCircuit: true }
      : nextResolve(specifier, context),
});

// Nothing is ever written to this pipe: it ends when the other side dies, even by SIGKILL.
process.stdin.on('end', () => process.exit(1)).resume();
process.stdin.unref();
