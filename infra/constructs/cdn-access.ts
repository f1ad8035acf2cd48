/**
 * How the function that tells CDNs reaches them: their settings, a secret with what they ask for, and the distributions it may
 * invalidate.
 *
 * The secret is read when the stack is deployed: the template says where it is and never what it holds.
 */

import type { Construct } from 'constructs';
import type { Config } from '../../shared/config/config.ts';
import { deploymentOf, distributionArn } from './deployed-stack.ts';
import { secretText } from './secret-text.ts';

export function cdnAccess(scope: Construct, settings: Config['cdns']) {
  const { cdnSecret } = deploymentOf(scope);
  return { settings, ...(cdnSecret && { secrets: secretText(cdnSecret) }) };
}

export function distributionArns(scope: Construct, settings: Config['cdns']): readonly string[] {
  return Object.values(settings).flatMap(cdn =>
    cdn.vendor === 'cloudfront' ? [distributionArn(scope, cdn.distributionId)] : [],
  );
}
