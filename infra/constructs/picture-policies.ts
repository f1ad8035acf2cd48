/**
 * How CloudFront keeps pictures, and what it says with them: its cache policy and its response headers policy.
 *
 * Source  CloudFront Developer Guide, "Understand cache policies", "Understand response headers policies"
 */

import { CfnCachePolicy, CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { EXPIRES_PARAMETER, SIGNATURE_PARAMETER } from '../../shared/images/request/parse-request.ts';
import type { ImageSettings } from '../../shared/images/settings.ts';
import { nameOf } from './deployed-stack.ts';

/** What functions/tidy-request leaves of Accept. */
const ACCEPT_FIELD = 'x-headrace-accept';
const DAY_SECONDS = 86_400;
/** S3 tells everybody what stands beside an object; it is for us. */
const UNTOLD = [
  'x-amz-meta-source-etag',
  'x-amz-meta-cache-tag',
  'x-amz-server-side-encryption',
  'cache-tag',
  'server',
];

export class PicturePolicies extends Construct {
  readonly cachePolicyId: string;
  readonly responseHeadersPolicyId: string;

  constructor(scope: Construct, id: string, { forms }: Pick<ImageSettings, 'forms'>) {
    super(scope, id);
    this.cachePolicyId = this.#keepBy(forms).attrId;
    this.responseHeadersPolicyId = this.#say().attrId;
  }

  /** Options in the query are part of what is asked; in the path, nothing but the signature is left of it. */
  #keepBy(forms: ImageSettings['forms']): CfnCachePolicy {
    const all = forms.includes('query');
    return new CfnCachePolicy(this, 'cache', {
      cachePolicyConfig: {
        name: nameOf(this, 'pictures'),
        minTtl: 0,
        defaultTtl: DAY_SECONDS,
        maxTtl: 365 * DAY_SECONDS,
        parametersInCacheKeyAndForwardedToOrigin: {
          // A picture is compressed already.
          enableAcceptEncodingBrotli: false,
          enableAcceptEncodingGzip: false,
          cookiesConfig: { cookieBehavior: 'none' },
          headersConfig: { headerBehavior: 'whitelist', headers: [ACCEPT_FIELD] },
          queryStringsConfig: all
            ? { queryStringBehavior: 'all' }
            : { queryStringBehavior: 'whitelist', queryStrings: [SIGNATURE_PARAMETER, EXPIRES_PARAMETER] },
        },
      },
    });
  }

  /** What the image function says of each picture, and S3 does not. */
  #say(): CfnResponseHeadersPolicy {
    return new CfnResponseHeadersPolicy(this, 'headers', {
      responseHeadersPolicyConfig: {
        name: nameOf(this, 'pictures'),
        securityHeadersConfig: {
          contentTypeOptions: { override: true },
          contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; sandbox", override: true },
        },
        customHeadersConfig: { items: [{ header: 'vary', value: 'Accept', override: true }] },
        removeHeadersConfig: { items: UNTOLD.map(header => ({ header })) },
      },
    });
  }
}
