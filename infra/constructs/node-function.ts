/**
 * A Node function, on Graviton unless it needs programs that are not here for it, with traces, its own log group, and a role
 * that may do just what it is granted.
 *
 * Source  Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC": the interfaces have no
 *         names beforehand
 */

import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type CfnFunction,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Network } from '../deployment.ts';
import type { FunctionSpec } from '../topology.ts';
import { deploymentOf, nameOf } from './deployed-stack.ts';
import { architectureFor } from './native-packages.ts';

export interface NodeFunctionProps {
  readonly name: string;
  readonly spec: Pick<FunctionSpec, 'memoryMb' | 'timeoutSeconds' | 'native' | 'jobs' | 'outbox'>;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
}

export class NodeFunction extends LambdaFunction {
  override readonly role: Role;

  constructor(scope: Construct, id: string, { name, spec, code, environment }: NodeFunctionProps) {
    const { network, isProduction, logRetentionDays } = deploymentOf(scope);
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: logRetentionDays,
      removalPolicy: isProduction ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    // A role of our own: the one CDK would make carries a managed policy that may write every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      functionName: nameOf(scope, name),
      runtime: Runtime.NODEJS_24_X,
      architecture: architectureFor(spec.native ?? []),
      handler: 'index.handler',
      code,
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      memorySize: spec.memoryMb,
      timeout: Duration.seconds(spec.timeoutSeconds),
      environment: { ...environment },
    });
    this.role = role;
    logGroup.grantWrite(role);
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: network
        ? 'X-Ray takes trace segments, EC2 network interfaces and CloudWatch questions for no resource but *.'
        : 'X-Ray takes trace segments, and CloudWatch questions, for no resource but *.',
    });
    Validations.of(this).acknowledge({
      id: 'Serverless-LambdaDLQ',
      reason:
        'Its queues have dead-letter queues, its schedule has a destination for what failed, its URL an answer.',
    });
    // What does jobs or drains the outbox is given the database, and that is what a network of one's own is for.
    if (network && (spec.jobs || spec.outbox)) join(this, network);
  }
}

const ON_INTERFACES = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:DeleteNetworkInterface',
];

function join(target: NodeFunction, { subnetIds, securityGroupIds }: Network): void {
  const drawn = target.node.defaultChild as CfnFunction;
  drawn.vpcConfig = { subnetIds: [...subnetIds], securityGroupIds: [...securityGroupIds] };
  target.addToRolePolicy(new PolicyStatement({ actions: ON_INTERFACES, resources: ['*'] }));
}
