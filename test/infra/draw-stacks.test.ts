/** Templates and topology say the same, both ways: everything named is drawn with its numbers, and nothing else is drawn. */

import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../infra/check-topology.ts';
import { stackId } from '../../infra/draw-stacks.ts';
import { type StackName, stackOfBucket, stackOfFunction } from '../../infra/stack-of.ts';
import { type QueueSource, topology } from '../../infra/topology.ts';
import { type Drawn, drawAll, type Resource } from './drawing.ts';

const richer: Topology = {
  buckets: { data: {}, assets: { expiresAfterDays: 3 } },
  queues: {
    warming: { visibilitySeconds: 600, maxReceives: 7 },
    mail: { visibilitySeconds: 60, maxReceives: 2, fedBy: 'data' },
  },
  functions: {
    'warm-cache': topology.functions['warm-cache'],
    'process-warming': topology.functions['process-warming'],
    'tend-jobs': topology.functions['tend-jobs'],
    'send-mail': {
      entry: 'functions/send-mail/handler.ts',
      memoryMb: 1_024,
      timeoutSeconds: 10,
      queues: [{ name: 'mail', batchSize: 1 }],
      reads: ['data'],
      clears: ['assets'],
      stack: 'analysis',
    },
    nightly: {
      entry: 'functions/nightly/handler.ts',
      memoryMb: 512,
      timeoutSeconds: 900,
      schedule: { everySeconds: 86_400 },
      stack: 'monitoring',
    },
  },
  crons: { report: { type: 'analysis', payload: { database: 'main' }, cron: '0 3 * * ? *' } },
};

describe.each([
  ['the project’s topology', topology as Topology],
  ['a richer topology', richer],
])('%s, drawn', (_, given) => {
  let drawn: Drawn;
  beforeAll(() => {
    drawn = drawAll({ topology: given });
  });

  it.each(Object.entries(given.functions))(
    'draws the function %s with its numbers, in its stack',
    (name, spec) => {
      const { stack, Properties } = functionNamed(drawn, name);
      const { memoryMb, timeoutSeconds } = spec;
      expect(Properties).toMatchObject({
        MemorySize: memoryMb,
        Timeout: timeoutSeconds,
        Runtime: 'nodejs24.x',
      });
      expect(stack).toBe(stackOfFunction(spec));
    },
  );

  it.each(Object.entries(given.queues))('draws the queue %s with its dead-letter queue', (name, spec) => {
    const [dead] = drawn.of('AWS::SQS::Queue').filter(named(`headrace-${name}-dlq`));
    const [queue, ...others] = drawn.of('AWS::SQS::Queue').filter(named(`headrace-${name}`));
    expect(others).toEqual([]);
    expect(queue?.Properties).toMatchObject({
      VisibilityTimeout: spec.visibilitySeconds,
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': [dead?.id, 'Arn'] },
        maxReceiveCount: spec.maxReceives,
      },
    });
  });

  it('tells queues of what changes in their buckets', () => {
    const told = drawn
      .of('AWS::Events::Rule')
      .flatMap(({ Properties: { EventPattern: pattern, Targets } }) =>
        pattern ? [[text(pattern.detail.bucket.name[0]), queueAt(drawn, Targets[0].Arn)]] : [],
      );
    expect(told).toEqual(
      Object.entries(given.queues).flatMap(([name, { fedBy }]) =>
        fedBy ? [[bucketName(fedBy), `headrace-${name}`]] : [],
      ),
    );
  });

  it.each(scheduled(given))('runs %s on its schedule', (name, everySeconds) => {
    const { id, stack } = functionNamed(drawn, name);
    const own = drawn
      .of('AWS::Events::Rule')
      .filter(rule => rule.stack === stack && rule.Properties.Targets[0].Arn['Fn::GetAtt']?.[0] === id);
    expect(own.map(({ Properties }) => [Properties.State, secondsOf(Properties.ScheduleExpression)])).toEqual(
      [['ENABLED', everySeconds]],
    );
  });

  it.each(fed(given))('feeds %s from its queues', (name, queue) => {
    const { id } = functionNamed(drawn, name);
    const mappings = drawn
      .of('AWS::Lambda::EventSourceMapping')
      .filter(({ Properties }) => Properties.FunctionName.Ref === id)
      .filter(({ Properties }) => text(Properties.EventSourceArn) === arnOf('sqs', `headrace-${queue.name}`));
    expect(mappings.map(({ Properties }) => Properties)).toMatchObject([
      {
        BatchSize: queue.batchSize,
        Enabled: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ...(queue.windowSeconds && { MaximumBatchingWindowInSeconds: queue.windowSeconds }),
        ...(queue.maxConcurrency && { ScalingConfig: { MaximumConcurrency: queue.maxConcurrency } }),
      },
    ]);
  });

  it.each(Object.entries(given.functions))('lets %s use its buckets and no other', (name, spec) => {
    const { reads = [], writes = [], clears = [] } = spec;
    const allowed = (action: string) => {
      const granted = statementsOf(drawn, name).filter(({ Action }) => Action === action);
      return granted.map(({ Resource }) => text(Resource)).toSorted();
    };
    const objectsOf = (buckets: readonly string[]) =>
      buckets.map(bucket => `arn:<AWS::Partition>:s3:::${bucketName(bucket)}/*`).toSorted();
    expect(allowed('s3:GetObject')).toEqual(objectsOf([...new Set([...reads, ...writes])]));
    expect(allowed('s3:PutObject')).toEqual(objectsOf(writes));
    expect(allowed('s3:DeleteObject')).toEqual(objectsOf(clears));
  });

  it.each(Object.entries(given.buckets))(
    'keeps what lies in %s as long as it says, and the bucket always',
    (name, spec) => {
      const [bucket, ...others] = drawn
        .of('AWS::S3::Bucket')
        .filter(({ Properties }) => text(Properties.BucketName) === bucketName(name));
      expect(others).toEqual([]);
      const days = bucket?.Properties.LifecycleConfiguration.Rules.map(
        (rule: Record<string, unknown>) => rule.Status === 'Enabled' && rule.ExpirationInDays,
      );
      expect(days).toEqual([spec.expiresAfterDays]);
      expect(bucket?.DeletionPolicy).toBe('Retain');
      expect(bucket?.stack).toBe(stackOfBucket(name as never));
    },
  );

  it('opens the functions with a URL to signed requests alone, and streams their answers', () => {
    const opened = Object.entries(given.functions).filter(([, { url }]) => url);
    const urls = drawn.of('AWS::Lambda::Url').map(({ Properties }) => Properties);
    expect(urls).toHaveLength(opened.length);
    const [alias] = drawn.of('AWS::Lambda::Alias').map(({ Properties }) => Properties);
    for (const [name] of opened) {
      const { id } = functionNamed(drawn, name);
      expect(alias).toMatchObject({ Name: 'live', FunctionName: { Ref: id } });
      const TargetFunctionArn = { 'Fn::GetAtt': [id, 'Arn'] };
      expect(urls).toContainEqual({
        AuthType: 'AWS_IAM',
        InvokeMode: 'RESPONSE_STREAM',
        TargetFunctionArn,
        Qualifier: 'live',
      });
    }
  });

  it.each(Object.entries(given.crons ?? {}))(
    'enqueues %s when it is due, and says for when',
    (name, { cron, type, payload }) => {
      const entries = drawn.of('AWS::Scheduler::Schedule').map(({ Properties }) => Properties);
      expect(entries).toContainEqual(
        expect.objectContaining({
          ScheduleExpression: `cron(${cron})`,
          State: 'ENABLED',
          Target: expect.objectContaining({
            Arn: { 'Fn::GetAtt': [functionNamed(drawn, 'tend-jobs').id, 'Arn'] },
            Input: JSON.stringify({ cron: name, at: '<aws.scheduler.scheduled-time>', type, payload }),
          }),
        }),
      );
    },
  );

  it('draws nothing that the topology does not name', () => {
    const count = (type: string) => drawn.of(type).filter(({ stack }) => stack !== 'delivery').length;
    const queues = Object.values(given.queues);
    expect(count('AWS::Scheduler::Schedule')).toBe(Object.keys(given.crons ?? {}).length);
    expect(count('AWS::Lambda::Function')).toBe(Object.keys(given.functions).length);
    expect(count('AWS::SQS::Queue')).toBe(2 * queues.length + stacksWithSchedules(given).size);
    expect(drawn.of('AWS::S3::Bucket')).toHaveLength(Object.keys(given.buckets).length);
    const rules = scheduled(given).length + queues.filter(({ fedBy }) => fedBy).length;
    expect(count('AWS::Events::Rule')).toBe(rules);
    expect(count('AWS::Lambda::EventSourceMapping')).toBe(fed(given).length);
  });

  it('keeps the runs that were missed, once in each stack that has a schedule', () => {
    const kept = drawn
      .of('AWS::SQS::Queue')
      .filter(({ Properties }) => /missed-runs$/.test(Properties.QueueName));
    expect(new Set(kept.map(({ stack }) => stack))).toEqual(stacksWithSchedules(given));
  });

  it('grants no action by wildcard, and any resource only for what AWS knows no resources of', () => {
    const statements = Object.keys(given.functions).flatMap(name => statementsOf(drawn, name));
    expect(statements.flatMap(({ Action }) => Action).filter(action => action.includes('*'))).toEqual([]);
    const anywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(anywhere.filter(action => !WITHOUT_RESOURCES.has(action))).toEqual([]);
  });
});

/** Service Authorization Reference: their column "Resource types" is empty. */
const WITHOUT_RESOURCES = new Set([
  'xray:PutTraceSegments',
  'xray:PutTelemetryRecords',
  'cloudwatch:GetMetricStatistics',
  'cloudwatch:PutMetricData',
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingActivities',
]);

describe('the image function', () => {
  it('is told what was decided about images, and so is who asks for them in jobs', () => {
    const images = { path: '/edge/images', quality: 60 };
    const told = drawAll({ topology, images })
      .of('AWS::Lambda::Function')
      .flatMap(({ Properties }) => {
        const settings = Properties.Environment?.Variables.IMAGE_SETTINGS;
        return settings === undefined ? [] : [[Properties.FunctionName, JSON.parse(settings)]];
      });
    expect(told).toEqual([
      ['headrace-optimize-image', images],
      ['headrace-process-file-processing', images],
    ]);
  });
});

describe('a wrong topology', () => {
  it('is refused before anything is drawn, naming every wrong setting', () => {
    const wrong: Topology = {
      ...topology,
      queues: { ...topology.queues, warming: { visibilitySeconds: 359, maxReceives: 0 } },
    };
    expect(() => drawAll({ topology: wrong })).toThrow(
      /queues\.warming\.maxReceives is 0.*queues\.warming\.visibilitySeconds is 359/,
    );
  });
});

describe('another stage', () => {
  it('has names of its own, so both may stand in one account', () => {
    const staging = drawAll({ topology }, { HEADRACE_STAGE: 'staging' });
    const names = staging.of('AWS::Lambda::Function').map(({ Properties }) => Properties.FunctionName);
    expect(names.filter(name => name && !name.startsWith('headrace-staging-'))).toEqual([]);
    expect(stackId({ stage: 'staging', isProduction: false }, 'images')).toBe('Headrace-Staging-Images');
  });
});

describe('logs', () => {
  it.each([
    ['production', 'Retain'],
    ['staging', 'Delete'],
  ])('of %s are kept for a month, and %s when a stack goes', (stage, policy) => {
    const groups = drawAll({ topology }, { HEADRACE_STAGE: stage }).of('AWS::Logs::LogGroup');
    expect(new Set(groups.map(({ DeletionPolicy }) => DeletionPolicy))).toEqual(new Set([policy]));
    expect(new Set(groups.map(({ Properties }) => Properties.RetentionInDays))).toEqual(new Set([30]));
  });
});

describe('what is the user’s own', () => {
  it('is used by its ARN, and not drawn', () => {
    const own = drawAll(
      { topology },
      {
        IMAGES_BUCKET_ARN: 'arn:aws:s3:::our-pictures',
        ALARM_TOPIC_ARN: 'arn:aws:sns:us-east-1:123456789012:ours',
        VPC_SUBNET_ARNS:
          'arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0a0a0a0a,arn:aws:ec2:us-east-1:123456789012:subnet/subnet-0b0b0b0b',
        VPC_SECURITY_GROUP_ARNS: 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-0c0c0c0c',
      },
    );
    const buckets = own.of('AWS::S3::Bucket').map(({ Properties }) => text(Properties.BucketName));
    expect(buckets).not.toContain(bucketName('images'));
    expect(functionNamed(own, 'optimize-image').Properties.Environment?.Variables.IMAGES_BUCKET).toBe(
      'our-pictures',
    );
    const readable = statementsOf(own, 'optimize-image').map(({ Resource }) => text(Resource));
    expect(readable).toContain('arn:aws:s3:::our-pictures/*');
    expect(own.of('AWS::SNS::Topic')).toEqual([]);
    const inside = own.of('AWS::Lambda::Function').filter(({ Properties }) => Properties.VpcConfig);
    const needing = own
      .of('AWS::Lambda::Function')
      .filter(({ Properties }) => Properties.Environment?.Variables.DATABASE_URL);
    expect(inside.length).toBeGreaterThan(2);
    expect(inside).toEqual(needing);
    expect(inside[0]?.Properties.VpcConfig).toEqual({
      SubnetIds: ['subnet-0a0a0a0a', 'subnet-0b0b0b0b'],
      SecurityGroupIds: ['sg-0c0c0c0c'],
    });
  });
});

function functionNamed(drawn: Drawn, name: string): Resource<'AWS::Lambda::Function'> {
  const [found, ...others] = drawn
    .of('AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.FunctionName === `headrace-${name}`);
  expect(others).toEqual([]);
  if (!found) throw new Error(`${name} is not drawn`);
  return found;
}

const named =
  (name: string) =>
  ({ Properties }: Resource<'AWS::SQS::Queue'>) =>
    Properties.QueueName === name;

function queueAt(drawn: Drawn, arn: { readonly 'Fn::GetAtt': readonly [string, string] }) {
  const [id] = arn['Fn::GetAtt'];
  return drawn.of('AWS::SQS::Queue').find(queue => queue.id === id)?.Properties.QueueName;
}

function statementsOf(drawn: Drawn, name: string) {
  const { stack, Properties } = functionNamed(drawn, name);
  const role = Properties.Role['Fn::GetAtt'][0];
  return drawn
    .of('AWS::IAM::Policy')
    .filter(policy => policy.stack === stack && policy.Properties.Roles[0].Ref === role)
    .flatMap(policy => policy.Properties.PolicyDocument.Statement);
}

const bucketName = (name: string) => `headrace-${name}-<AWS::AccountId>-us-east-1`;
const arnOf = (service: string, name: string) =>
  `arn:<AWS::Partition>:${service}:us-east-1:<AWS::AccountId>:${name}`;

/** A joined text with its references in angle brackets. */
function text(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(text).join('');
  const { Ref, 'Fn::Join': joined } = value as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  return joined ? text(joined[1]) : `<${Ref}>`;
}

function secondsOf(rate: string): number {
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(rate) ?? [];
  return Number(count) * { minute: 60, hour: 3_600, day: 86_400 }[unit as 'minute' | 'hour' | 'day'];
}

function scheduled({ functions }: Topology): [string, number][] {
  return Object.entries(functions).flatMap(([name, { schedule }]) =>
    schedule ? [[name, schedule.everySeconds]] : [],
  );
}

function stacksWithSchedules({ functions, crons = {} }: Topology): ReadonlySet<StackName> {
  const own = Object.values(functions).flatMap(spec => (spec.schedule ? [stackOfFunction(spec)] : []));
  return new Set<StackName>([...own, ...(Object.keys(crons).length > 0 ? (['jobs'] as const) : [])]);
}

function fed({ functions }: Topology): [string, QueueSource][] {
  return Object.entries(functions).flatMap(([name, { queues = [] }]) =>
    queues.map(queue => [name, queue] as [string, QueueSource]),
  );
}
