/**
 * What an operator decides about caching where the RFCs leave a choice: one row of the profile table.
 *
 * Units   seconds
 */

export interface CachePolicy {
  /** Whether a request's no-cache, max-age, min-fresh, max-stale and only-if-cached are obeyed (RFC 9111 §5.2.1: advisory). */
  readonly honourRequestDirectives: boolean;
  /** Share of the time since Last-Modified that a response without explicit freshness stays fresh (RFC 9111 §4.2.2). */
  readonly heuristicRatio: number;
  readonly heuristicMaxSeconds: number;
  /** Whether a status of 400 and above may be stored without explicit freshness. */
  readonly heuristicErrors: boolean;
  /** Upper bound of the lifetime of a status of 400 and above: an error provoked once must not stay (CPDoS). */
  readonly errorTtlMaxSeconds: number;
  /** By status of 400 and above: the route's lifetime in place of the origin's, and of the bound above. */
  readonly errorTtlSeconds?: Readonly<Record<string, number>>;
  /** Errors a single odd request can provoke; storing them would deny the page to everyone (CPDoS). */
  readonly neverStoreStatuses: readonly number[];
  /** 'explicit': a request with Cookie too is shared only when the response says so; 'rfc': Authorization alone (§3.5). */
  readonly credentials: 'explicit' | 'rfc';
  /** The route's lifetime in place of the origin's; counted from receipt. A file must be of the type it is named by. */
  readonly ttlSeconds?: number;
  /** Lifetimes in place of the origin's for files whose name has a hash of their content. */
  readonly hashedLifetimes?: HashedLifetimes;
  /** Applied where the response has no stale-while-revalidate of its own and nothing forbids stale. */
  readonly staleWhileRevalidateSeconds: number;
  /** Applied where the response has no stale-if-error of its own and nothing forbids stale. */
  readonly staleIfErrorSeconds: number;
  /**
   * Whether stale-while-revalidate and stale-if-error in the response itself win over must-revalidate, proxy-revalidate
   * and the ban that s-maxage implies. Frameworks commonly emit s-maxage beside stale-while-revalidate.
   */
  readonly staleDirectivesWin: boolean;
  /** No response is served stale, whatever it or the policy says. */
  readonly stale?: 'never';
  /** How long a stale response with a validator is kept to be revalidated. */
  readonly keepSeconds: number;
}

/** Beginning of the media type, seconds; the first that fits holds. */
export type HashedLifetimes = readonly (readonly [type: string, seconds: number])[];

export type ProfileName = 'safe' | 'strict' | 'static';

const SAFE: CachePolicy = {
  honourRequestDirectives: true,
  heuristicRatio: 0.1,
  heuristicMaxSeconds: 86_400,
  heuristicErrors: false,
  errorTtlMaxSeconds: 10,
  neverStoreStatuses: [405, 406, 415, 416, 417, 426, 431],
  credentials: 'explicit',
  staleWhileRevalidateSeconds: 0,
  staleIfErrorSeconds: 3_600,
  staleDirectivesWin: true,
  keepSeconds: 86_400,
};

export const PROFILES: Readonly<Record<ProfileName, CachePolicy>> = {
  safe: SAFE,
  strict: {
    ...SAFE,
    heuristicErrors: true,
    errorTtlMaxSeconds: Number.POSITIVE_INFINITY,
    neverStoreStatuses: [],
    credentials: 'rfc',
    staleDirectivesWin: false,
  },
  static: {
    ...SAFE,
    honourRequestDirectives: false,
    heuristicRatio: 0.2,
    heuristicMaxSeconds: 2_592_000,
    staleWhileRevalidateSeconds: 86_400,
    staleIfErrorSeconds: 604_800,
    keepSeconds: 604_800,
    hashedLifetimes: [
      ['text/css', 31_536_000],
      ['text/javascript', 31_536_000],
      ['application/javascript', 31_536_000],
      ['application/wasm', 31_536_000],
      ['font/', 31_536_000],
      ['image/', 7_776_000],
      ['', 2_592_000],
    ],
  },
};
