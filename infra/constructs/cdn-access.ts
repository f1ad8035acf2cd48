/**
 * How the function that tells CDNs reaches them: their settings, a secret with what they ask for, and the distributions it may
 * invalidate.
 *
 * The secret is read when the stack is deployed: the template says where it is and never what it holds.
 */

import { SecretValue, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from '../../shared/config/config.ts';
import { deploymentOf } from './deployed-stack.ts';

export function cdnAccess(scope: Construct, settings: Config['cdns']) {
  const { cdnSecret } = deploymentOf(scope);
  return { settings, ...(cdnSecret && { secrets: SecretValue.secretsManager(cdnSecret).unsafeUnwrap() }) };
}

export function distributionArns(scope: Construct, settings: Config['cdns']): readonly string[] {
  const { partition, account } = Stack.of(scope);
  return Object.values(settings).flatMap(cdn =>
    cdn.vendor === 'cloudfront'
      ? [`arn:${partition}:cloudfront::${account}:distribution/${cdn.distributionId}`]
      : [],
  );
}
