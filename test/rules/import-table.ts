/**
 * Who may import what, as data: ARCHITECTURE.md says it in words, the test beside holds every module to it.
 *
 * Shape   the longest prefix of a module's path names its rule; what a rule does not list is refused. A module may
 *         always import what has the same rule.
 */

export interface Rule {
  /** Folders and files of this project, besides its own. */
  readonly modules: readonly string[];
  /** Packages; `node:*` stands for all of Node's own, `@scope/*` for a scope, `*` for whatever package.json names. */
  readonly packages: readonly string[];
}

const CDK = ['aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'node:fs', 'node:path', 'node:url'] as const;

export const IMPORT_TABLE: Readonly<Record<string, Rule>> = {
  'shared/primitives': { modules: [], packages: [] },
  'shared/http': { modules: ['shared/primitives'], packages: ['structured-headers'] },
  // Configuration names cache profiles and checks header names, both of which are HTTP's, what images may be, and CDNs.
  'shared/config': {
    modules: ['shared/primitives', 'shared/http', 'shared/images', 'shared/cdn', 'shared/scaling'],
    packages: ['zod'],
  },
  // Plans for any CDN and paces calls by Redis; reads Retry-After as HTTP has it.
  'shared/cdn': {
    modules: ['shared/primitives', 'shared/http', 'shared/redis', 'shared/aws'],
    packages: ['zod'],
  },
  'shared/resilience': { modules: ['shared/primitives'], packages: [] },
  'shared/redis': { modules: ['shared/primitives', 'shared/resilience'], packages: [] },
  'shared/aws': { modules: ['shared/primitives'], packages: ['aws4fetch'] },
  // The cache keeps any value: it knows nothing of HTTP.
  'shared/cache': { modules: ['shared/primitives', 'shared/redis', 'shared/resilience'], packages: [] },
  // The API from outside: of the rest of the code it needs types alone.
  'shared/client': { modules: ['shared/api'], packages: ['zod'] },
  // What the edge's own API takes and answers: names HTTP's, configuration's and the jobs' words.
  'shared/api': {
    modules: [
      'shared/primitives',
      'shared/http',
      'shared/config',
      'shared/jobs',
      'shared/images',
      'shared/publishing',
      'shared/scaling',
    ],
    packages: ['zod'],
  },
  // Counts anything, and tells the edge's figures in the words of its API.
  'shared/monitoring': {
    modules: [
      'shared/primitives',
      'shared/redis',
      'shared/resilience',
      'shared/http',
      'shared/api',
      'shared/aws',
    ],
    packages: [],
  },
  // Decides how many there should be of what scales.
  'shared/scaling': { modules: ['shared/primitives', 'shared/redis'], packages: [] },
  // Decides what may be fetched in advance, and reads from Cache-Status what came of it.
  'shared/warm': { modules: ['shared/primitives', 'shared/http'], packages: ['zod'] },

  // What a row of a table has for tags, and how its changes become purges.
  'shared/outbox': { modules: ['shared/primitives', 'shared/http'], packages: [] },

  // A payload of `warming` is paths as warming knows them, one of `invalidation` an order to CDNs.
  'shared/jobs': {
    modules: [
      'shared/config',
      'shared/primitives',
      'shared/aws',
      'shared/redis',
      'shared/resilience',
      'shared/warm',
      'shared/cdn',
    ],
    packages: ['zod'],
  },

  // Decides what a picture is made of; speaks HTTP where it refuses and negotiates.
  'shared/images': { modules: ['shared/primitives', 'shared/http'], packages: ['image-size', 'zod'] },

  // Judges databases from plain data: of the rest of the code it needs next to nothing.
  'shared/query-optimizer': { modules: ['shared/primitives'], packages: ['libpg-query', 'zod'] },

  // Decides what is published under which name, and what it says it is.
  'shared/publishing': { modules: ['shared/primitives', 'shared/http'], packages: ['mime', 'zod'] },

  'headrace.config.ts': { modules: ['shared/config'], packages: [] },

  edge: {
    modules: ['shared', 'edge/adapters', 'headrace.config.ts', 'package.json'],
    packages: ['hono', 'zod'],
  },
  'edge/adapters': { modules: ['shared', 'edge'], packages: ['node:zlib'] },

  functions: {
    modules: ['shared'],
    packages: [
      '@aws-sdk/*',
      '@electric-sql/*',
      '@neondatabase/serverless',
      'aws-lambda',
      'esbuild',
      'file-type',
      'html-minifier-next',
      'ipaddr.js',
      'libpg-query',
      'pg',
      'pgsql-deparser',
      'sharp',
      'svgo',
      'thumbhash',
      'undici',
      'zod',
      'node:*',
    ],
  },

  // The queues and functions of the jobs are drawn from their catalogue; the image function is told its settings.
  infra: {
    modules: [
      'shared/config',
      'shared/jobs',
      'shared/images',
      'shared/monitoring',
      'shared/scaling',
      'headrace.config.ts',
    ],
    packages: CDK,
  },
  'infra/local': { modules: ['infra', 'shared', 'headrace.config.ts'], packages: ['*', 'node:*'] },

  // The command over the library that applications import.
  'infra/local/publish': {
    modules: ['functions', 'infra', 'infra/local', 'shared'],
    packages: ['node:*'],
  },
  // Reads a database and judges it by the adapters that the nightly function has.
  'infra/local/analyze': {
    modules: ['functions/adapters', 'infra', 'infra/local', 'shared'],
    packages: ['node:*'],
  },

  test: {
    modules: ['edge', 'functions', 'infra', 'shared', 'headrace.config.ts'],
    packages: ['*', 'node:*'],
  },
};
