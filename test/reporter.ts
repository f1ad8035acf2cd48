/**
 * Ends a test run with the one line that people and .ci/run read: `N passed, N failed`.
 *
 * Shape   run -> last line of the output, and the file named by HEADRACE_TEST_COUNTS ("passed failed")
 */
import { writeFileSync } from 'node:fs';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

export function countingReporter(countsFile: string | undefined): Reporter {
  return {
    onTestRunEnd(modules, unhandled) {
      const { passed, failed } = countTests(modules, unhandled);
      if (countsFile) writeFileSync(countsFile, `${passed} ${failed}\n`);
      process.stdout.write(`${passed} passed, ${failed} failed\n`);
    },
  };
}

/** A file that does not load and an error outside every test are failures too, though they are no tests. */
export function countTests(
  modules: readonly Pick<TestModule, 'children' | 'errors'>[],
  unhandled: readonly SerializedError[],
): Counts {
  const tests = modules.flatMap(module => [...module.children.allTests()]);
  const inState = (state: string): number => tests.filter(test => test.result().state === state).length;
  const brokenModules = modules.filter(module => module.errors().length > 0).length;
  return { passed: inState('passed'), failed: inState('failed') + brokenModules + unhandled.length };
}
