/**
 * What the functions of the jobs share: how they reach rows and queues, and the group and role of the schedules of jobs that
 * are far away.
 *
 * The Redis and the database of the jobs are named in a secret, which is read when the stack is deployed: the template says
 * where it is and never what it holds.
 */

import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import { CATALOGUE, lanesOf, queueNameOf } from '../../shared/jobs/catalogue.ts';
import type { Variables } from '../function-environment.ts';
import type { FunctionSpec } from '../specs.ts';
import { acknowledgeWildcard } from './acknowledge.ts';
import { deadLettersOf, deploymentOf, nameOf, queueArn } from './deployed-stack.ts';
import type { NodeFunction } from './node-function.ts';
import { secretText } from './secret-text.ts';

/** What `tend-jobs` plans with: there is one group a deployment, in the stack of the jobs. */
export class JobSchedules extends Construct {
  readonly groupName: string;
  readonly role: Role;

  constructor(scope: Construct, id: string, queues: readonly string[]) {
    super(scope, id);
    this.groupName = nameOf(this, 'jobs');
    new CfnScheduleGroup(this, 'schedules', { name: this.groupName });
    this.role = new Role(this, 'scheduler-role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com'),
    });
    this.role.addToPolicy(sendTo(this, queues));
  }
}

export interface JobServicesOptions {
  /** Of all jobs; whoever tends them reaches each. */
  readonly queues: readonly string[];
  readonly schedules?: JobSchedules;
}

export class JobServices extends Construct {
  readonly #queues: readonly string[];
  readonly #schedules: JobSchedules | undefined;
  /** Of Secrets Manager, with the fields redisUrl, redisToken and databaseUrl. */
  readonly #secretName: string | undefined;

  constructor(scope: Construct, id: string, { queues, schedules }: JobServicesOptions) {
    super(scope, id);
    this.#queues = queues;
    this.#schedules = schedules;
    this.#secretName = deploymentOf(this).jobsSecret;
  }

  /** Undefined while nobody has said where the secret is: a function without it could only fail. */
  variables({ jobs }: Pick<FunctionSpec, 'jobs'>): Variables | undefined {
    if (this.#secretName === undefined) return undefined;
    const field = (name: string) => secretText(String(this.#secretName), name);
    return {
      JOBS_QUEUE_URL: this.#queueUrl(),
      JOBS_REDIS_REST_URL: field('redisUrl'),
      JOBS_REDIS_REST_TOKEN: field('redisToken'),
      DATABASE_URL: field('databaseUrl'),
      ...(jobs === 'tends' &&
        this.#schedules && {
          SCHEDULER_ROLE_ARN: this.#schedules.role.roleArn,
          SCHEDULER_GROUP: this.#schedules.groupName,
        }),
    };
  }

  /** Who does jobs sends to its own queues, and writes their dead letters; who tends them sends to all, who watches tells people. */
  allow(target: NodeFunction, spec: FunctionSpec): void {
    target.addToRolePolicy(sendTo(this, this.#reachedBy(spec)));
    if (spec.jobs === 'tends' && this.#schedules) allowScheduling(target, this.#schedules);
  }

  #reachedBy({ jobs, queues = [] }: FunctionSpec): readonly string[] {
    if (jobs === 'tends') return this.#queues;
    return jobs === 'watches' ? NOTIFYING : queues.map(({ name }) => name);
  }

  #queueUrl(): string {
    const { region, account, urlSuffix } = Stack.of(this);
    return `https://sqs.${region}.${urlSuffix}/${account}/${nameOf(this, '')}`;
  }
}

/** Who only watches says so in these. */
const NOTIFYING = lanesOf(CATALOGUE.notifications).map(lane => queueNameOf('notifications', lane));

function allowScheduling(target: NodeFunction, { groupName, role }: JobSchedules): void {
  const { partition, region, account } = Stack.of(target);
  const schedules = `arn:${partition}:scheduler:${region}:${account}:schedule/${groupName}/*`;
  target.addToRolePolicy(
    new PolicyStatement({
      actions: ['scheduler:CreateSchedule', 'scheduler:DeleteSchedule'],
      resources: [schedules],
    }),
  );
  acknowledgeWildcard(
    target.role,
    schedules,
    'Schedules bear the ids of jobs, which nobody knows beforehand; the group is theirs alone.',
  );
  target.addToRolePolicy(
    new PolicyStatement({
      actions: ['iam:PassRole'],
      resources: [role.roleArn],
      conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    }),
  );
}

function sendTo(scope: Construct, queues: readonly string[]): PolicyStatement {
  const resources = queues.flatMap(name => [queueArn(scope, name), queueArn(scope, deadLettersOf(name))]);
  return new PolicyStatement({ actions: ['sqs:SendMessage'], resources });
}
