/** What a template draws of CloudFront, as it stands there, as far as the fake obeys it. */

export interface DrawnDelivery {
  readonly distribution: DrawnDistribution;
  readonly cachePolicy: DrawnCachePolicy;
  readonly headersPolicy: DrawnHeadersPolicy;
  readonly tidyCode: string;
}

export interface DrawnDistribution {
  readonly CacheBehaviors: readonly { readonly TargetOriginId: string }[];
  readonly OriginGroups: { readonly Items: readonly DrawnGroup[] };
  readonly CacheTagConfig: { readonly HeaderName: string };
}

export interface DrawnGroup {
  readonly Id: string;
  readonly Members: { readonly Items: readonly { readonly OriginId: string }[] };
  readonly FailoverCriteria: { readonly StatusCodes: { readonly Items: readonly number[] } };
}

export interface DrawnCachePolicy {
  readonly ParametersInCacheKeyAndForwardedToOrigin: {
    readonly HeadersConfig: { readonly Headers: readonly string[] };
    readonly QueryStringsConfig: {
      readonly QueryStringBehavior: string;
      readonly QueryStrings: readonly string[];
    };
  };
}

export interface DrawnHeadersPolicy {
  readonly RemoveHeadersConfig: { readonly Items: readonly { readonly Header: string }[] };
  readonly CustomHeadersConfig: {
    readonly Items: readonly { readonly Header: string; readonly Value: string }[];
  };
  readonly SecurityHeadersConfig: {
    readonly ContentTypeOptions?: object;
    readonly ContentSecurityPolicy: { readonly ContentSecurityPolicy: string };
  };
}
