/**
 * Draws the topology as CloudFormation: `npm run synth`. It needs no account and no network.
 *
 * Errors  a wrong EDGE_URL, headrace.config.ts or topology ends the run with the setting's name
 */

import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import written from '../headrace.config.ts';
import { parseConfig } from '../shared/config/config.ts';
import { findEdgeUrl } from './edge-url.ts';
import { imagesOf } from './images-of.ts';
import { BackendStack } from './stacks/backend.ts';
import { topology } from './topology.ts';

const parsed = parseConfig(written);
if (!parsed.ok) throw new RangeError(parsed.sentence);

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
new BackendStack(app, 'Headrace', {
  topology,
  edgeUrl: findEdgeUrl(process.env.EDGE_URL, Object.keys(parsed.config.hosts)),
  jobsSecret: process.env.JOBS_SECRET || undefined,
  imageKeysSecret: process.env.IMAGE_KEYS_SECRET || undefined,
  images: imagesOf(parsed.config, { base: process.env.HEADRACE_BASE || '' }),
});
