/**
 * What visitors reach in AWS: the published files, and CloudFront in front of them and of the pictures. In us-east-1, where
 * CloudFront takes its certificates, web ACLs and functions from.
 */

import type { Construct } from 'constructs';
import type { Topology } from '../check-topology.ts';
import { DELIVERY_REGION, DeployedStack, type DeployedStackProps } from '../constructs/deployed-stack.ts';
import { drawBuckets } from './parts.ts';

export interface DeliveryStackProps extends DeployedStackProps {
  readonly topology: Topology;
}

export class DeliveryStack extends DeployedStack {
  constructor(scope: Construct, id: string, { topology, ...props }: DeliveryStackProps) {
    super(scope, id, { ...props, env: { region: DELIVERY_REGION } });
    drawBuckets(this, { name: 'delivery', topology });
  }
}
