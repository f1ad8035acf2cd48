import { describe, expect, it } from 'vitest';
import { placeOfAlias, placeOfArn, placeOfService } from '../../../shared/scaling/place.ts';

const ECS = 'arn:aws:ecs:eu-central-1:123456789012:service';
const LAMBDA = 'arn:aws:lambda:eu-central-1:123456789012:function';

describe('what is scaled', () => {
  it.each([
    [`${ECS}/shop/web`, { kind: 'ecs', resourceId: 'service/shop/web' }],
    [`${LAMBDA}:images:live`, { kind: 'lambda', resourceId: 'function:images:live' }],
    ['arn:aws-cn:ecs:cn-north-1:123456789012:service/a/b', { kind: 'ecs', resourceId: 'service/a/b' }],
  ])('is read from %s', (arn, place) => expect(placeOfArn(arn, 'arn')).toEqual(place));

  it.each([`${ECS}/web`, `${LAMBDA}:images`, `${LAMBDA}:images:7`, 'arn:aws:s3:::bucket', 'web', ''])(
    'is not %j, and the setting is named',
    arn => expect(() => placeOfArn(arn, 'scaling.web.arn')).toThrow('scaling.web.arn must'),
  );

  it('is named the same for what is drawn here', () => {
    expect(placeOfService({ serviceName: 'web', cluster: { clusterName: 'shop' } })).toEqual(
      placeOfArn(`${ECS}/shop/web`, 'arn'),
    );
    expect(placeOfAlias({ aliasName: 'live', lambda: { functionName: 'images' } })).toEqual(
      placeOfArn(`${LAMBDA}:images:live`, 'arn'),
    );
  });
});
