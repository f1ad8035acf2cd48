/** Template and topology say the same, both ways: everything named is drawn with its numbers, and nothing else is drawn. */

import { Template } from 'aws-cdk-lib/assertions';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Topology } from '../../../infra/check-topology.ts';
import { BackendStack } from '../../../infra/stacks/backend.ts';
import { type QueueSource, topology } from '../../../infra/topology.ts';
import type { ImageSettingsInput } from '../../../shared/images/settings.ts';
import { createApp } from '../drawing.ts';

const richer: Topology = {
  buckets: { data: {}, 'user-files': {} },
  queues: {
    warming: { visibilitySeconds: 600, maxReceives: 7 },
    mail: { visibilitySeconds: 60, maxReceives: 2 },
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
      reads: ['user-files' as never, 'data'],
    },
    nightly: {
      entry: 'functions/nightly/handler.ts',
      memoryMb: 512,
      timeoutSeconds: 900,
      schedule: { everySeconds: 86_400 },
    },
  },
  crons: { report: { type: 'analysis', payload: { database: 'main' }, cron: '0 3 * * ? *' } },
};

describe.each([
  ['the project’s topology', topology as Topology],
  ['a richer topology', richer],
])('%s, drawn', (_, drawn) => {
  let template: Template;
  beforeAll(() => {
    template = Template.fromStack(draw(drawn));
  });

  it.each(Object.entries(drawn.functions))('draws the function %s with its numbers', (name, spec) => {
    const { memoryMb, timeoutSeconds } = spec;
    const properties = { FunctionName: `headrace-${name}`, MemorySize: memoryMb, Timeout: timeoutSeconds };
    template.resourcePropertiesCountIs('AWS::Lambda::Function', properties, 1);
  });

  it.each(Object.entries(drawn.queues))('draws the queue %s with its dead-letter queue', (name, spec) => {
    const properties = {
      QueueName: `headrace-${name}`,
      VisibilityTimeout: spec.visibilitySeconds,
      RedrivePolicy: {
        deadLetterTargetArn: arn(idOf(template, 'AWS::SQS::Queue', { QueueName: `headrace-${name}-dlq` })),
        maxReceiveCount: spec.maxReceives,
      },
    };
    template.resourcePropertiesCountIs('AWS::SQS::Queue', properties, 1);
  });

  it.each(scheduled(drawn))('runs %s on its schedule', (name, everySeconds) => {
    const target = arn(functionId(template, name));
    const rules = Object.values(template.findResources('AWS::Events::Rule')).map(rule => rule.Properties);
    const own = rules.filter(rule => JSON.stringify(rule.Targets[0].Arn) === JSON.stringify(target));
    expect(own.map(rule => [rule.State, secondsOf(rule.ScheduleExpression)])).toEqual([
      ['ENABLED', everySeconds],
    ]);
  });

  it.each(fed(drawn))('feeds %s from its queues', (name, queue) => {
    const properties = {
      FunctionName: { Ref: functionId(template, name) },
      EventSourceArn: arn(idOf(template, 'AWS::SQS::Queue', { QueueName: `headrace-${queue.name}` })),
      BatchSize: queue.batchSize,
      Enabled: true,
      ...(queue.windowSeconds && { MaximumBatchingWindowInSeconds: queue.windowSeconds }),
      ...(queue.maxConcurrency && { ScalingConfig: { MaximumConcurrency: queue.maxConcurrency } }),
    };
    template.resourcePropertiesCountIs('AWS::Lambda::EventSourceMapping', properties, 1);
  });

  it.each(Object.entries(drawn.functions))('lets %s use its buckets and no other', (name, spec) => {
    const allowed = (action: string) => {
      const granted = statementsOf(template, name).filter(({ Action }) => Action === action);
      return new Set(granted.map(({ Resource }) => Resource['Fn::Join'][1]));
    };
    const { reads = [], writes = [] } = spec;
    const objectsOf = (buckets: readonly string[]) =>
      new Set(buckets.map(bucket => [arn(bucketId(template, bucket)), '/*']));
    expect(allowed('s3:GetObject')).toEqual(objectsOf([...reads, ...writes]));
    expect(allowed('s3:PutObject')).toEqual(objectsOf(writes));
  });

  it.each(Object.entries(drawn.buckets))('keeps what lies in %s as long as it says', (name, spec) => {
    const { LifecycleConfiguration } =
      template.findResources('AWS::S3::Bucket')[bucketId(template, name)]?.Properties ?? {};
    const days = LifecycleConfiguration?.Rules.map(
      ({ Status, ExpirationInDays }: Properties) => Status === 'Enabled' && ExpirationInDays,
    );
    expect(days).toEqual(spec.expiresAfterDays && [spec.expiresAfterDays]);
  });

  it('opens the functions with a URL to signed requests alone, and streams their answers', () => {
    const opened = Object.entries(drawn.functions).filter(([, { url }]) => url);
    template.resourceCountIs('AWS::Lambda::Url', opened.length);
    for (const [name] of opened)
      template.hasResourceProperties('AWS::Lambda::Url', {
        AuthType: 'AWS_IAM',
        InvokeMode: 'RESPONSE_STREAM',
        TargetFunctionArn: arn(functionId(template, name)),
      });
    // Nobody outside the account is let in: who asks is allowed by a policy of their own.
    template.resourceCountIs('AWS::Lambda::Permission', scheduled(drawn).length);
  });

  it.each(Object.entries(drawn.crons ?? {}))(
    'enqueues %s when it is due, and says for when',
    (name, { cron, type, payload }) => {
      template.hasResourceProperties('AWS::Scheduler::Schedule', {
        ScheduleExpression: `cron(${cron})`,
        State: 'ENABLED',
        Target: {
          Arn: arn(functionId(template, 'tend-jobs')),
          Input: JSON.stringify({ cron: name, at: '<aws.scheduler.scheduled-time>', type, payload }),
        },
      });
    },
  );

  it('draws nothing that the topology does not name', () => {
    template.resourceCountIs('AWS::Scheduler::Schedule', Object.keys(drawn.crons ?? {}).length);
    template.resourceCountIs('AWS::Lambda::Function', Object.keys(drawn.functions).length);
    template.resourceCountIs('AWS::SQS::Queue', 2 * queueCount(drawn));
    template.resourceCountIs('AWS::S3::Bucket', Object.keys(drawn.buckets).length);
    template.resourceCountIs('AWS::Events::Rule', scheduled(drawn).length);
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', fed(drawn).length);
  });

  it('grants no action by wildcard, and any resource to X-Ray alone', () => {
    const statements = Object.keys(drawn.functions).flatMap(name => statementsOf(template, name));
    expect(statements.flatMap(({ Action }) => Action).filter(action => action.includes('*'))).toEqual([]);
    const anywhere = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
    expect(new Set(anywhere)).toEqual(new Set(['xray:PutTraceSegments', 'xray:PutTelemetryRecords']));
  });
});

describe('the image function', () => {
  it('is told what was decided about images, and so is who asks for them in jobs', () => {
    const template = Template.fromStack(draw(topology, { path: '/edge/images', quality: 60 }));
    const told = Object.values(template.findResources('AWS::Lambda::Function')).flatMap(({ Properties }) => {
      const settings = Properties.Environment?.Variables.IMAGE_SETTINGS;
      return settings === undefined ? [] : [[Properties.FunctionName, JSON.parse(settings)]];
    });
    const images = { path: '/edge/images', quality: 60 };
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
    expect(() => draw(wrong)).toThrow(
      /queues\.warming\.maxReceives is 0.*queues\.warming\.visibilitySeconds is 359/,
    );
  });
});

function draw(drawn: Topology, images?: ImageSettingsInput): BackendStack {
  return new BackendStack(createApp(), 'Headrace', {
    topology: drawn,
    edgeUrl: 'https://edge.example',
    jobsSecret: 'headrace/jobs',
    ...(images && { images }),
  });
}

type Properties = Readonly<Record<string, unknown>>;

function idOf(template: Template, type: string, properties: Properties): string {
  const ids = Object.keys(template.findResources(type, { Properties: properties }));
  expect(ids).toHaveLength(1);
  return String(ids[0]);
}

function functionId(template: Template, name: string): string {
  return idOf(template, 'AWS::Lambda::Function', { FunctionName: `headrace-${name}` });
}

/** A bucket has no name before it is deployed; where it stands in the app tells which it is. */
function bucketId(template: Template, name: string): string {
  const at = { Metadata: { 'aws:cdk:path': `Headrace/${name}-bucket/Resource` } };
  return String(Object.keys(template.findResources('AWS::S3::Bucket', at))[0]);
}

function statementsOf(template: Template, name: string) {
  const found = template.findResources('AWS::Lambda::Function', {
    Properties: { FunctionName: `headrace-${name}` },
  });
  const role = Object.values(found)[0]?.Properties.Role['Fn::GetAtt'][0];
  const policies = Object.values(template.findResources('AWS::IAM::Policy')).map(policy => policy.Properties);
  return policies
    .filter(({ Roles }) => Roles[0].Ref === role)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

function arn(id: string) {
  return { 'Fn::GetAtt': [id, 'Arn'] };
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

function fed({ functions }: Topology): [string, QueueSource][] {
  return Object.entries(functions).flatMap(([name, { queues = [] }]) =>
    queues.map(queue => [name, queue] as [string, QueueSource]),
  );
}

function queueCount(drawn: Topology): number {
  return Object.keys(drawn.queues).length;
}
