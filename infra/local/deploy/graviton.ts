/**
 * What is still to be fetched so that pictures are made on Graviton: sharp's programs for it, which npm does not install on
 * another kind of machine. They lie beside the state, and are taken from there when the stacks are drawn.
 *
 * Shape   -> the step that fetches them; undefined where they are here
 * Cost    8 MB, once a version of sharp
 */

import { fetchedModules, missingFor } from '../../constructs/native-packages.ts';
import type { Step } from './step.ts';

export function fetchGraviton(packages: readonly string[]): Step | undefined {
  const missing = missingFor(packages, '-linux-arm64');
  if (missing.length === 0) return undefined;
  return {
    title: 'npm: sharp for Graviton',
    program: 'npm',
    args: [
      'install',
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--force',
      '--os=linux',
      '--cpu=arm64',
      '--libc=glibc',
      '--prefix',
      fetchedModules.replace(/\/node_modules$/, ''),
      ...missing,
    ],
    advice: 'Without it pictures are made on x86, which costs a fifth more and is as good.',
  };
}
