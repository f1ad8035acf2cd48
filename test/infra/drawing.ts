/**
 * An app for one test's stack: no bundling, so made-up entries need not exist, and no schema check, which loads for two
 * seconds and which test/infra/app.test.ts does once for all.
 */

import { App, Stack } from 'aws-cdk-lib';

export function createApp(): App {
  const context = { 'aws:cdk:bundling-stacks': [], 'aws:cdk:enable-path-metadata': true };
  return new App({ context, builtinCloudFormationValidation: false });
}

export function createStack(): Stack {
  return new Stack(createApp(), 'Test');
}
