/**
 * One suite, two tiers: nearly all of it on the embedded parts; the contracts again on Debian's programs, and what takes long.
 */
import { defineConfig } from 'vitest/config';
import { countingReporter } from './test/reporter.ts';

/** Small runs of the benches, ten seconds each: who changes a line need not wait for them. */
const benches = [
  'test/bench/{jobs/killed,publish/publish,trace/bench}.test.ts',
  'test/flows/heap/heap.test.ts',
];
const embedded = { include: ['test/**/*.test.ts'], exclude: ['test/real/**', ...benches] };
const real = { include: ['test/contracts/**/*.test.ts', 'test/real/**/*.test.ts', ...benches] };

export default defineConfig({
  test: {
    ...(process.env.HEADRACE_TIER === 'real' ? real : embedded),
    reporters: ['default', countingReporter(process.env.HEADRACE_TEST_COUNTS)],
    // For what hangs: no test passes or fails by how long the machine takes.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000, interval: 2 } },
    maxWorkers: 2,
    // Files share two processes and the modules in them, which halves the time: a test takes back what it replaced.
    isolate: false,
  },
});
