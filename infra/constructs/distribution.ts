/**
 * CloudFront before the published files and the pictures. A picture is asked of the bucket of variants first, and of the image
 * function only where that has none: its function and both its buckets answer to CloudFront alone.
 *
 * Source  CloudFront Developer Guide, "Optimize high availability with origin failover", "Restrict access to an AWS Lambda
 *         function URL origin", "Invalidating content by cache tags"
 */

import { Fn, Stack, Validations } from 'aws-cdk-lib';
import { CfnDistribution, CfnFunction, CfnOriginAccessControl } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import type { ImageSettings } from '../../shared/images/settings.ts';
import { bucketPlace, DELIVERY_REGION, deploymentOf, nameOf } from './deployed-stack.ts';
import { PicturePolicies } from './picture-policies.ts';

export interface DistributionProps {
  readonly settings: ImageSettings;
  /** Of the image function. */
  readonly imageUrl: string;
  /** Runs at each request. */
  readonly tidyCode: string;
  /** Runs where the cache has no answer: the ARN of one version. */
  readonly nameVariantArn: string;
}

/** AWS's own "CachingOptimized": the query and all fields but the codings are no part of the key. */
const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
/** What S3 answers for what is not there: 403 where a list is not allowed. */
const MISSING = [403, 404];
/** As S3 names the metadata of its objects; the function says it under the same name. */
export const TAG_FIELD = 'x-amz-meta-cache-tag';
const FAULTS = [500, 502, 503, 504];
const READ_ONLY = ['GET', 'HEAD'];

export class Distribution extends Construct {
  readonly drawn: CfnDistribution;

  constructor(scope: Construct, id: string, props: DistributionProps) {
    super(scope, id);
    const { imageUrl } = props;
    this.drawn = new CfnDistribution(this, 'distribution', {
      distributionConfig: {
        enabled: true,
        comment: nameOf(this, 'delivery'),
        httpVersion: 'http2and3',
        ipv6Enabled: true,
        priceClass: deploymentOf(this).preset === 'highPerformance' ? 'PriceClass_All' : 'PriceClass_100',
        ...this.#names(),
        cacheTagConfig: { headerName: TAG_FIELD },
        origins: this.#origins(imageUrl),
        originGroups: { quantity: 1, items: [storedFirst()] },
        defaultCacheBehavior: {
          targetOriginId: 'assets',
          cachePolicyId: CACHING_OPTIMIZED,
          compress: true,
          allowedMethods: READ_ONLY,
          viewerProtocolPolicy: 'redirect-to-https',
        },
        cacheBehaviors: [this.#pictures(props)],
        // What is wrong for a moment is asked for again the next.
        customErrorResponses: FAULTS.map(errorCode => ({ errorCode, errorCachingMinTtl: 1 })),
      },
    });
    this.#acknowledge();
  }

  #names() {
    const { cdn } = deploymentOf(this);
    if (cdn.kind !== 'drawn') return {};
    const { hosts, certificateArn, webAclArn } = cdn;
    return {
      ...(webAclArn && { webAclId: webAclArn }),
      ...(certificateArn && {
        aliases: [...hosts],
        viewerCertificate: {
          acmCertificateArn: certificateArn,
          sslSupportMethod: 'sni-only',
          minimumProtocolVersion: 'TLSv1.2_2021',
        },
      }),
    };
  }

  #origins(imageUrl: string): CfnDistribution.OriginProperty[] {
    const [s3, lambda] = [this.#signing('s3'), this.#signing('lambda')];
    const { region } = deploymentOf(this);
    const stored = (id: 'assets' | 'variants', at: string) => ({
      id,
      domainName: `${bucketPlace(this, id).name}.s3.${at}.${Stack.of(this).urlSuffix}`,
      originAccessControlId: s3,
      s3OriginConfig: { originAccessIdentity: '' },
    });
    const maker = {
      id: 'maker',
      // https://<this>/
      domainName: Fn.select(2, Fn.split('/', imageUrl)),
      originAccessControlId: lambda,
      customOriginConfig: {
        originProtocolPolicy: 'https-only',
        originSslProtocols: ['TLSv1.2'],
        // Longer than the function has.
        originReadTimeout: 60,
      },
    };
    return [stored('assets', DELIVERY_REGION), stored('variants', region), maker];
  }

  #signing(kind: 's3' | 'lambda'): string {
    const control = new CfnOriginAccessControl(this, `${kind}-access`, {
      originAccessControlConfig: {
        name: nameOf(this, kind),
        originAccessControlOriginType: kind,
        signingBehavior: 'always',
        signingProtocol: 'sigv4',
      },
    });
    return control.attrId;
  }

  #pictures({
    settings,
    tidyCode,
    nameVariantArn,
  }: DistributionProps): CfnDistribution.CacheBehaviorProperty {
    const { cachePolicyId, responseHeadersPolicyId } = new PicturePolicies(this, 'pictures', settings);
    const tidy = new CfnFunction(this, 'tidy-request', {
      name: nameOf(this, 'tidy-request'),
      autoPublish: true,
      functionCode: tidyCode,
      functionConfig: { comment: 'Equal pictures are one entry', runtime: 'cloudfront-js-2.0' },
    });
    return {
      pathPattern: `${settings.path}/*`,
      targetOriginId: GROUP,
      cachePolicyId,
      responseHeadersPolicyId,
      allowedMethods: READ_ONLY,
      viewerProtocolPolicy: 'redirect-to-https',
      functionAssociations: [{ eventType: 'viewer-request', functionArn: tidy.attrFunctionArn }],
      lambdaFunctionAssociations: [{ eventType: 'origin-request', lambdaFunctionArn: nameVariantArn }],
    };
  }

  #acknowledge(): void {
    const { cdn } = deploymentOf(this);
    const named = cdn.kind === 'drawn' && cdn.certificateArn !== undefined;
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Pictures and published files are for everybody, wherever they are.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'Access logs name visitors: whoever wants them turns them on, with a bucket and a time to keep them.',
      },
      ...(cdn.kind === 'drawn' && cdn.webAclArn
        ? []
        : [
            {
              id: 'AwsSolutions-CFR2',
              reason: 'WEB_ACL_ARN brings a web ACL; it costs, and only reading is allowed here.',
            },
          ]),
      ...(named
        ? []
        : [
            {
              id: 'AwsSolutions-CFR4',
              reason: 'The certificate of cloudfront.net has no choice of TLS; CERTIFICATE_ARN has TLS 1.2.',
            },
          ]),
    );
  }
}

const GROUP = 'pictures';

function storedFirst(): CfnDistribution.OriginGroupProperty {
  return {
    id: GROUP,
    failoverCriteria: { statusCodes: { quantity: MISSING.length, items: MISSING } },
    members: { quantity: 2, items: [{ originId: 'variants' }, { originId: 'maker' }] },
  };
}
