/**
 * A Node function, on Graviton unless it needs programs that are not here for it, with traces, its own log group, and a role that may do just what it is granted.
 */

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { FunctionSpec } from '../topology.ts';
import { architectureFor } from './native-packages.ts';

export interface NodeFunctionProps {
  readonly name: string;
  readonly spec: Pick<FunctionSpec, 'memoryMb' | 'timeoutSeconds' | 'native'>;
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
}

export class NodeFunction extends LambdaFunction {
  override readonly role: Role;

  constructor(scope: Construct, id: string, { name, spec, code, environment }: NodeFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of our own: the one CDK would make carries a managed policy that may write every log group of the account.
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    super(scope, id, {
      functionName: `${Stack.of(scope).stackName.toLowerCase()}-${name}`,
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
      reason: 'X-Ray takes trace segments for no resource but *; nothing else in the role uses it.',
    });
  }
}
