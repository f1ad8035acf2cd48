/**
 * Serves a streaming Lambda handler over plain HTTP, in this process: each request becomes the event of a Function URL.
 *
 * Errors  a handler that throws is a 500, and is printed
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export type StreamingHandler = (event: object, stream: ServerResponse, context: object) => Promise<void>;

/** What the Lambda runtime puts there for handlers that stream: here the stream is the response itself. */
export function provideStreaming(): void {
  const from = (response: ServerResponse, { statusCode, headers }: Prelude) => {
    response.writeHead(statusCode, headers);
    return response;
  };
  Object.assign(globalThis, {
    awslambda: { streamifyResponse: (handler: StreamingHandler) => handler, HttpResponseStream: { from } },
  });
}

interface Prelude {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
}

export function serveHandler(handler: StreamingHandler): Server {
  return createServer((request, response) => {
    handler(eventOf(request), response, {}).catch(error => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500).end();
    });
  });
}

function eventOf({ method, url = '/', headers }: IncomingMessage): object {
  const at = url.indexOf('?');
  const [rawPath, rawQueryString] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers,
    requestContext: { http: { method, path: rawPath } },
  };
}
