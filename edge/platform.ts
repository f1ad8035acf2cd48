/**
 * What the Workers platform adds to the web's own types, as far as Headrace uses it. Everything else in this folder is
 * written against web standards, so that it can be tested in any runtime.
 *
 * Source  developers.cloudflare.com/workers/runtime-apis: request, response, fetch, context
 */

/** Facts that the platform vouches for: plain workerd tells `clientIp`, Cloudflare the other. */
export type PlatformRequest = Request & {
  readonly cf?: { readonly clientIp?: unknown; readonly clientAcceptEncoding?: unknown };
};

export type PlatformRequestInit = RequestInit & {
  /** The body as it came, no coding undone. */
  readonly encodeResponseBody?: 'manual';
  readonly cf?: { readonly resolveOverride?: string };
};

export type PlatformResponse = Response & {
  /** Of an accepted upgrade; the response goes back to the client as it is. */
  readonly webSocket?: object | null;
};

export type PlatformResponseInit = ResponseInit & {
  /** The bytes already have the coding that Content-Encoding names. */
  readonly encodeBody?: 'manual';
};

/** A bound service. */
export interface Service {
  fetch(url: string, init: PlatformRequestInit): Promise<Response>;
}

/** The cache in front of the Worker, where it is switched on. */
export interface PlatformCache {
  purge(options: {
    readonly tags?: string[];
    readonly pathPrefixes?: string[];
    readonly purgeEverything?: boolean;
  }): Promise<{ readonly success: boolean }>;
}

export interface PlatformContext {
  readonly cache?: PlatformCache;
}

/** What is written comes out at the other end. */
export interface BodyPipe {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** With a declared length, a body that turns out longer or shorter fails. */
export type CreateBodyPipe = (declaredBytes: number | undefined) => BodyPipe;

export type WaitUntil = (work: Promise<unknown>) => void;
