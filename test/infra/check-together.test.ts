import { describe, expect, it } from 'vitest';
import { checkTogether } from '../../infra/check-together.ts';

const SNS = 'arn:aws:sns:eu-central-1:123456789012:ours';
const ECS = 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web';

describe('what AWS would take of this region alone', () => {
  it.each([
    ['ALARM_TOPIC_ARN', SNS],
    ['SERVICE_ARN', ECS],
  ])('%s is refused in another', (name, arn) => {
    expect(() => checkTogether({ [name]: arn })).toThrow(`${name} is ${arn}: it must be in us-east-1`);
    expect(() => checkTogether({ [name]: arn, AWS_REGION: 'eu-central-1' })).not.toThrow();
  });

  it('is looked at in each of several', () => {
    const at = (region: string) => `arn:aws:ec2:${region}:123456789012:subnet/subnet-0a0a0a0a`;
    const both = {
      VPC_SUBNET_ARNS: `${at('us-east-1')},${at('us-west-2')}`,
      VPC_SECURITY_GROUP_ARNS: 'arn:aws:ec2:us-east-1:123456789012:security-group/sg-0b0b0b0b',
    };
    expect(() => checkTogether(both)).toThrow('VPC_SUBNET_ARNS is arn:aws:ec2:us-west-2');
  });
});

it('a topic of the user’s own has its own listeners', () => {
  const own = { ALARM_TOPIC_ARN: SNS, AWS_REGION: 'eu-central-1' };
  expect(() => checkTogether({ ...own, ALARM_SLACK: 'T0123ABCD/C0123ABCD' })).toThrow(
    'ALARM_SLACK is given besides ALARM_TOPIC_ARN',
  );
  // Who hears of the budget, too.
  expect(() => checkTogether({ ...own, ALARM_EMAIL: 'ops@example.com' })).not.toThrow();
});
