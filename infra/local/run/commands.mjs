/**
 * What each command runs, one step after the other.
 *
 * Shape   'check' -> [{ program, args, watched, environment }]
 */

import { join } from 'node:path';
import { modulesDir, node24, projectDir } from './paths.mjs';

const local = file => join(projectDir, 'infra', 'local', file);
const binary = name => join(modulesDir, '.bin', name);

const COMMANDS = {
  start: () => [{ program: node24, args: [local('start.ts')], watched: true }],
  serve: () => [{ program: node24, args: [local('serve.ts')], watched: true }],
  clean: () => [{ program: node24, args: [local('clean.ts')] }],
  test: extra => [{ program: node24, args: [join(modulesDir, 'vitest', 'vitest.mjs'), 'run', ...extra] }],
  jobs: extra => [{ program: node24, args: [local('jobs/main.ts'), ...extra] }],
  outbox: extra => [{ program: node24, args: [local('outbox/main.ts'), ...extra] }],
  // What is young is collected sooner, and what is freed goes back to the system at once: so memory stays what the buffers are.
  publish: extra => [
    {
      program: node24,
      args: ['--max-semi-space-size=1', local('publish/main.ts'), ...extra],
      environment: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' },
    },
  ],
  'bench:publish': extra => [
    { program: node24, args: [join(projectDir, 'test', 'bench', 'publish', 'main.ts'), ...extra] },
  ],
  analyze: extra => [{ program: node24, args: [local('analyze/main.ts'), ...extra] }],
  bench: extra => [
    { program: node24, args: [join(projectDir, 'test', 'bench', 'trace', 'main.ts'), ...extra] },
  ],
  // The embedded Redis is an emulator, and slower than what it stands for: it is measured only where there is no other.
  'bench:jobs': extra => [
    {
      program: node24,
      args: [
        local('debian/main.ts'),
        '--or-embedded',
        node24,
        join(projectDir, 'test', 'bench', 'jobs', 'main.ts'),
        ...extra,
      ],
    },
  ],
  // What is advised is built on the PostgreSQL that most have, where there is one.
  'bench:advice': extra => [
    {
      program: node24,
      args: [
        local('debian/main.ts'),
        '--or-embedded',
        node24,
        join(projectDir, 'test', 'bench', 'advice', 'main.ts'),
        ...extra,
      ],
    },
  ],
  'bench:edge': extra => [
    { program: node24, args: [join(projectDir, 'test', 'bench', 'edge', 'main.ts'), ...extra] },
  ],
  'bench:outbox': extra => [
    { program: node24, args: [join(projectDir, 'test', 'bench', 'outbox', 'main.ts'), ...extra] },
  ],
  'bench:cdn': extra => [
    { program: node24, args: [join(projectDir, 'test', 'bench', 'cdn', 'main.ts'), ...extra] },
  ],
  'bench:heap': () => [{ program: node24, args: [join(projectDir, 'test', 'bench', 'heap', 'main.ts')] }],
  // Its peers speak to a real Redis: the second tier's.
  'bench:cache': extra => [
    {
      program: node24,
      args: [
        local('debian/main.ts'),
        node24,
        join(projectDir, 'test', 'bench', 'cache', 'main.ts'),
        ...extra,
      ],
    },
  ],
  picture: extra => [
    {
      program: node24,
      args: [
        local('debian/main.ts'),
        node24,
        join(projectDir, 'test', 'real', 'picture', 'main.ts'),
        ...extra,
      ],
    },
  ],
  // Bundled by a process of its own, so that what serves holds nothing but the function.
  images: extra => [
    { program: node24, args: [local('images/bundle.ts')] },
    { program: node24, args: [local('images/main.ts'), ...extra], watched: true },
  ],
  'bench:images': extra => [
    { program: node24, args: [local('images/bundle.ts')] },
    { program: node24, args: [join(projectDir, 'test', 'bench', 'images', 'main.ts'), ...extra] },
  ],
  deploy: extra => [{ program: node24, args: [local('deploy/main.ts'), 'deploy', ...extra] }],
  destroy: extra => [{ program: node24, args: [local('deploy/main.ts'), 'destroy', ...extra] }],
  build: () => [{ program: node24, args: [local('package/main.ts')] }],
  dashboards: () => [{ program: node24, args: [local('dashboards/main.ts')] }],
  openapi: () => [{ program: node24, args: [local('openapi/main.ts')] }],
  check: () => [
    { program: binary('tsc'), args: ['-p', 'shared'] },
    { program: binary('tsc'), args: ['-p', 'edge'] },
    { program: binary('tsc'), args: ['-p', '.'] },
    { program: binary('biome'), args: ['ci'] },
  ],
};

export function isCommand(name) {
  return Object.hasOwn(COMMANDS, name);
}

export function stepsOf(name, extra) {
  return COMMANDS[name](extra);
}
