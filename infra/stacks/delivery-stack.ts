/**
 * What visitors reach in AWS: the published files, and CloudFront in front of them and of the pictures. In us-east-1, where
 * CloudFront takes its certificates, web ACLs and functions from.
 */

import { CfnOutput } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { completeImageSettings, type ImageSettingsInput } from '../../shared/images/settings.ts';
import type { Topology } from '../check-topology.ts';
import { letCloudFrontRead } from '../constructs/cloudfront-access.ts';
import {
  DELIVERY_REGION,
  DeployedStack,
  type DeployedStackProps,
  distributionArn,
} from '../constructs/deployed-stack.ts';
import { Distribution } from '../constructs/distribution.ts';
import { EdgeFunction } from '../constructs/edge-function.ts';
import { nameVariantCode } from '../constructs/name-variant-code.ts';
import { tidyRequestCode } from '../constructs/tidy-request-code.ts';
import type { DistributionPlace } from '../constructs/topology-function.ts';
import { drawBuckets } from './parts.ts';

export interface DeliveryStackProps extends DeployedStackProps {
  readonly topology: Topology;
  readonly images?: ImageSettingsInput | undefined;
  /** Of the image function; without it there is nothing to stand in front of. */
  readonly imageUrl: string | undefined;
}

/** A miss waits for it: two milliseconds of work, and at its first start the keys. */
const NAMING = { memoryMb: 128, timeoutSeconds: 5 } as const;

export class DeliveryStack extends DeployedStack {
  /** The drawn distribution, or the user's own; undefined where there is none. */
  readonly distribution: DistributionPlace | undefined;

  constructor(
    scope: Construct,
    id: string,
    { topology, images = {}, imageUrl, ...props }: DeliveryStackProps,
  ) {
    super(scope, id, { ...props, env: { region: DELIVERY_REGION } });
    const buckets = drawBuckets(this, { name: 'delivery', topology });
    this.distribution = this.#ownDistribution() ?? (imageUrl ? this.#draw(images, imageUrl) : undefined);
    if (!this.distribution) return;
    const assets = buckets.get('assets');
    if (assets) letCloudFrontRead(assets, this.distribution.arn);
    new CfnOutput(this, 'distribution-id', { value: this.distribution.id });
  }

  #ownDistribution(): DistributionPlace | undefined {
    const { cdn } = this.deployment;
    if (cdn.kind !== 'own') return undefined;
    const arn = cdn.distributionArn;
    return { arn, id: arn.slice(arn.lastIndexOf('/') + 1) };
  }

  #draw(images: ImageSettingsInput, imageUrl: string): DistributionPlace | undefined {
    const { cdn, imageKeysSecret: secretName, region } = this.deployment;
    if (cdn.kind !== 'drawn') return undefined;
    const keys = secretName === undefined ? {} : { keys: { secretName, region } };
    const naming = new EdgeFunction(this, 'name-variant', {
      ...NAMING,
      code: nameVariantCode({ images, ...keys }),
      secretArn:
        secretName && `arn:${this.partition}:secretsmanager:${region}:${this.account}:secret:${secretName}`,
    });
    const settings = completeImageSettings(images);
    const { drawn } = new Distribution(this, 'cdn', {
      settings,
      imageUrl,
      tidyCode: tidyRequestCode({ settings, signed: secretName !== undefined }),
      nameVariantArn: naming.currentVersion.functionArn,
    });
    new CfnOutput(this, 'delivery-url', { value: `https://${drawn.attrDomainName}` });
    return { id: drawn.ref, arn: distributionArn(this, drawn.ref) };
  }
}
