/**
 * What the functions of the jobs share: how they reach rows and queues, and the group and role of the schedules of jobs that
 * are far away.
 *
 * The Redis and the database of the jobs are named in a secret, which is read when the stack is deployed: the template says
 * where it is and never what it holds.
 */

import { Fn, SecretValue, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Variables } from '../function-environment.ts';
import type { FunctionSpec } from '../specs.ts';
import type { JobQueue } from './job-queue.ts';
import type { NodeFunction } from './node-function.ts';

export interface JobServicesProps {
  readonly queues: ReadonlyMap<string, JobQueue>;
  /** Of Secrets Manager, with the fields redisUrl, redisToken and databaseUrl. */
  readonly secretName: string | undefined;
}

export class JobServices extends Construct {
  readonly #queues: ReadonlyMap<string, JobQueue>;
  readonly #secretName: string | undefined;
  readonly #role: Role;
  readonly #groupName: string;

  constructor(scope: Construct, id: string, { queues, secretName }: JobServicesProps) {
    super(scope, id);
    this.#queues = queues;
    this.#secretName = secretName;
    this.#groupName = `${Stack.of(this).stackName.toLowerCase()}-jobs`;
    new CfnScheduleGroup(this, 'schedules', { name: this.#groupName });
    this.#role = new Role(this, 'scheduler-role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    this.#role.addToPolicy(sendTo(arnsOf(queues.values())));
  }

  /** Undefined while nobody has said where the secret is: a function without it could only fail. */
  variables(spec: Pick<FunctionSpec, 'jobs'>): Variables | undefined {
    if (this.#secretName === undefined) return undefined;
    const field = (name: string) => secretField(String(this.#secretName), name);
    return {
      JOBS_QUEUE_URL: this.#queueUrl(),
      JOBS_REDIS_REST_URL: field('redisUrl'),
      JOBS_REDIS_REST_TOKEN: field('redisToken'),
      DATABASE_URL: field('databaseUrl'),
      ...(spec.jobs === 'tends' && {
        SCHEDULER_ROLE_ARN: this.#role.roleArn,
        SCHEDULER_GROUP: this.#groupName,
      }),
    };
  }

  /** Who does jobs sends to its own queues, and writes their dead letters; who tends them sends to all. */
  allow(target: NodeFunction, spec: FunctionSpec): void {
    const own = (spec.queues ?? []).flatMap(({ name }) => this.#queues.get(name) ?? []);
    const reached = spec.jobs === 'tends' ? [...this.#queues.values()] : own;
    target.addToRolePolicy(sendTo(arnsOf(reached)));
    if (spec.jobs === 'tends') this.#allowScheduling(target);
  }

  #allowScheduling(target: NodeFunction): void {
    const { partition, region, account } = Stack.of(this);
    const schedules = `arn:${partition}:scheduler:${region}:${account}:schedule/${this.#groupName}/*`;
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
        resources: [schedules],
      }),
    );
    Validations.of(target.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:scheduler:<AWS::Region>:<AWS::AccountId>:schedule/${this.#groupName}/*]`,
      reason: 'Schedules bear the ids of jobs, which nobody knows beforehand; the group is theirs alone.',
    });
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.#role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
  }

  #queueUrl(): string {
    const { region, account, urlSuffix, stackName } = Stack.of(this);
    return Fn.join('', [
      'https://sqs.',
      region,
      '.',
      urlSuffix,
      '/',
      account,
      '/',
      stackName.toLowerCase(),
      '-',
    ]);
  }
}

function secretField(secretName: string, jsonField: string): string {
  return SecretValue.secretsManager(secretName, { jsonField }).unsafeUnwrap();
}

function arnsOf(queues: Iterable<JobQueue>): string[] {
  return [...queues].flatMap(({ queue, deadLetters }) => [queue.queueArn, deadLetters.queueArn]);
}

function sendTo(resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:SendMessage'], resources });
}
