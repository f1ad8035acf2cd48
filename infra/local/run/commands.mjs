/**
 * What each command runs, one step after the other.
 *
 * Shape   'check' -> [{ program, args, watched, environment }]
 */

import { join } from 'node:path';
import { modulesDir, node24, projectDir } from './paths.mjs';

const local = (...path) => join(projectDir, 'infra', 'local', ...path);
const inTest = (...path) => join(projectDir, 'test', ...path);
const binary = name => join(modulesDir, '.bin', name);

const run = (...args) => [{ program: node24, args }];
const watched = (...args) => [{ program: node24, args, watched: true }];

/** With Debian's Redis, PostgreSQL and Chromium. */
const onDebian = (...args) => run(local('debian', 'main.ts'), node24, ...args);
/** The same where they can be had, the embedded ones elsewhere. */
const onDebianIfAny = (...args) => run(local('debian', 'main.ts'), '--or-embedded', node24, ...args);
const bench = name => inTest('bench', name, 'main.ts');

/** One that names no `extra` takes no arguments. */
const COMMANDS = {
  start: () => watched(local('start.ts')),
  serve: () => watched(local('serve.ts')),
  clean: () => run(local('clean.ts')),
  test: extra => run(join(modulesDir, 'vitest', 'vitest.mjs'), 'run', ...extra),
  check: () => [
    { program: binary('tsc'), args: ['-p', 'shared'] },
    { program: binary('tsc'), args: ['-p', 'edge'] },
    { program: binary('tsc'), args: ['-p', '.'] },
    { program: binary('biome'), args: ['ci'] },
  ],
  jobs: extra => run(local('jobs', 'main.ts'), ...extra),
  outbox: extra => run(local('outbox', 'main.ts'), ...extra),
  analyze: extra => run(local('analyze', 'main.ts'), ...extra),
  // What is young is collected sooner, and what is freed goes back to the system at once: so memory stays what the buffers are.
  publish: extra => [
    {
      program: node24,
      args: ['--max-semi-space-size=1', local('publish', 'main.ts'), ...extra],
      environment: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' },
    },
  ],
  // Bundled by a process of its own, so that what serves holds nothing but the function.
  images: extra => [...run(local('images', 'bundle.ts')), ...watched(local('images', 'main.ts'), ...extra)],
  deploy: extra => run(local('deploy', 'main.ts'), 'deploy', ...extra),
  destroy: extra => run(local('deploy', 'main.ts'), 'destroy', ...extra),
  build: () => run(local('package', 'main.ts')),
  dashboards: () => run(local('dashboards', 'main.ts')),
  openapi: () => run(local('openapi', 'main.ts')),
  picture: extra => onDebian(inTest('real', 'picture', 'main.ts'), ...extra),
  bench: extra => run(bench('trace'), ...extra),
  'bench:edge': extra => run(bench('edge'), ...extra),
  'bench:heap': () => run(bench('heap')),
  'bench:cdn': extra => run(bench('cdn'), ...extra),
  'bench:outbox': extra => run(bench('outbox'), ...extra),
  'bench:publish': extra => run(bench('publish'), ...extra),
  'bench:images': extra => [...run(local('images', 'bundle.ts')), ...run(bench('images'), ...extra)],
  // Its peers speak to a real Redis: the second tier's.
  'bench:cache': extra => onDebian(bench('cache'), ...extra),
  // The embedded Redis is an emulator, and slower than what it stands for: it is measured only where there is no other.
  'bench:jobs': extra => onDebianIfAny(bench('jobs'), ...extra),
  // What is advised is built on the PostgreSQL that most have, where there is one.
  'bench:advice': extra => onDebianIfAny(bench('advice'), ...extra),
};

export const commandNames = Object.keys(COMMANDS);

export function isCommand(name) {
  return Object.hasOwn(COMMANDS, name);
}

export function stepsOf(name, extra) {
  return COMMANDS[name](extra);
}

export function takesArguments(name) {
  return COMMANDS[name].length > 0;
}
