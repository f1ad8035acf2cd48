/**
 * Draws the topology as CloudFormation: `npm run synth`. It needs no account and no network.
 *
 * Errors  a wrong setting, headrace.config.ts or topology ends the run with the setting's name
 */

import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import written from '../headrace.config.ts';
import { parseConfig } from '../shared/config/config.ts';
import { readDeployment } from './deployment.ts';
import { drawStacks } from './draw-stacks.ts';
import { imagesOf } from './images-of.ts';
import { describeCost, drainsFor, estimateCost } from './monitoring/cost.ts';
import { topology } from './topology.ts';

const parsed = parseConfig(written);
if (!parsed.ok) throw new RangeError(parsed.sentence);
const { config } = parsed;

const { AWS_REGION, CDK_DEFAULT_REGION, ...environment } = process.env;
const region = AWS_REGION || CDK_DEFAULT_REGION;
const deployment = readDeployment({ ...environment, AWS_REGION: region }, Object.keys(config.hosts));

// Not to standard output: `cdk ls` and `cdk synth` print there what programs read.
const estimate = estimateCost(deployment.preset, { drainsForSeconds: drainsFor(deployment) });
for (const line of describeCost(estimate)) console.error(line);

const app = new App();
Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
const images = imagesOf(config, { base: deployment.base });
const { cdns, scaling, levels } = config;
drawStacks(app, { topology, deployment, images, cdns, scaling, keyPrefix: levels.l2?.keyPrefix });
