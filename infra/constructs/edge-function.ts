/**
 * A function that CloudFront runs near its visitors, on Lambda@Edge. There it has no environment, no Graviton and no traces,
 * and writes its logs in the region nearest to whom it served; a version that was once replicated outlives its stack for
 * some hours, so it is kept, and may be deleted by hand.
 *
 * Source  CloudFront Developer Guide, "Restrictions on Lambda@Edge", "Deleting Lambda@Edge functions and replicas"
 */

import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CompositePrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, type Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { acknowledgeWildcard } from './acknowledge.ts';

export interface EdgeFunctionProps {
  readonly code: Code;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** A secret it may read, by its ARN without the letters that Secrets Manager adds. @default none */
  readonly secretArn?: string | undefined;
}

export class EdgeFunction extends LambdaFunction {
  override readonly role: Role;

  constructor(
    scope: Construct,
    id: string,
    { code, memoryMb, timeoutSeconds, secretArn }: EdgeFunctionProps,
  ) {
    const principals = ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'];
    const assumedBy = new CompositePrincipal(...principals.map(name => new ServicePrincipal(name)));
    const role = new Role(scope, `${id}Role`, { assumedBy });
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.X86_64,
      handler: 'index.handler',
      code,
      role,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    this.role = role;
    this.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.#allowLogs();
    if (secretArn) this.#allowSecret(secretArn);
    Validations.of(this).acknowledge(
      { id: 'Serverless-LambdaTracing', reason: 'Lambda@Edge has no X-Ray.' },
      {
        id: 'Serverless-LambdaDLQ',
        reason: 'CloudFront waits for its answer: there is no event that could be lost.',
      },
    );
  }

  /** In every region, since it runs in every region; by the names that Lambda@Edge gives. */
  #allowLogs(): void {
    const { partition, account, stackName } = Stack.of(this);
    const groups = `arn:${partition}:logs:*:${account}:log-group:/aws/lambda/us-east-1.${stackName}-*`;
    const actions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    this.addToRolePolicy(new PolicyStatement({ actions, resources: [groups] }));
    acknowledgeWildcard(this.role, groups, 'Its logs lie wherever it ran, under the name of this stack.');
  }

  #allowSecret(secretArn: string): void {
    const resource = `${secretArn}-??????`;
    this.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [resource] }),
    );
  }
}
