import { describe, expect, it } from 'vitest';
import { jobFunctions, jobQueues } from '../../../infra/job-topology.ts';
import { parseConfig } from '../../../shared/config/config.ts';
import { drawAll } from '../drawing.ts';

const parsed = parseConfig({
  cdns: {
    site: { vendor: 'cloudfront', distributionId: 'E1ABCDEF', tags: true },
    shop: { vendor: 'cloudflare', zoneId: 'zone' },
  },
});
const cdns = parsed.ok ? parsed.config.cdns : {};
const topology = {
  buckets: { data: {} },
  queues: jobQueues,
  functions: {
    'process-invalidation': jobFunctions['process-invalidation'],
    'process-reports': jobFunctions['process-reports'],
  },
};

const drawn = drawAll({ topology, cdns }, { CDN_SECRET: 'headrace/cdns' });
const variablesOf = (name: string) => {
  const found = drawn
    .of('AWS::Lambda::Function')
    .find(({ Properties }) => JSON.stringify(Properties).includes(name));
  if (!found?.Properties.Environment) throw new Error(`${name} has no environment`);
  return found.Properties.Environment.Variables;
};

describe('the function that tells CDNs', () => {
  it('knows which there are, and nobody else does', () => {
    expect(JSON.parse(String(variablesOf('process-invalidation').CDN_SETTINGS))).toEqual(cdns);
    expect(variablesOf('process-reports').CDN_SETTINGS).toBeUndefined();
  });

  it('is given their secrets where it is deployed: the template holds the name alone', () => {
    expect(variablesOf('process-invalidation').CDN_SECRETS).toBe(
      '{{resolve:secretsmanager:headrace/cdns:SecretString:::}}',
    );
  });

  it('may invalidate the distributions that are named, and nothing else of CloudFront', () => {
    const statements = drawn
      .of('AWS::IAM::Policy')
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    const allowed = statements.filter(({ Action }) => JSON.stringify(Action).includes('cloudfront:'));
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({
      Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
      Effect: 'Allow',
    });
    expect(JSON.stringify(allowed[0]?.Resource)).toContain('distribution/E1ABCDEF');
    expect(JSON.stringify(allowed[0]?.Resource)).not.toContain('*');
  });
});
