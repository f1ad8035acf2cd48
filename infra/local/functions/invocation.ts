/**
 * One call of a function and how it can end, in the words of Lambda.
 *
 * Units   deadlineAt epoch ms
 * Source  Lambda Developer Guide, "Understanding retry behavior in Lambda"; error payloads of the Invoke API
 */

export interface Invocation {
  readonly requestId: string;
  /** The event as JSON text. */
  readonly payload: string;
}

export interface InvocationResult {
  readonly ok: boolean;
  /** JSON text: what the handler returned, or `{ errorType, errorMessage, … }`. */
  readonly payload: string;
  /** What a handler that streams its response wrote, byte for byte. */
  readonly streamed?: Uint8Array;
}

export function succeeded(payload: string): InvocationResult {
  return { ok: true, payload };
}

export function streamed(bytes: Uint8Array): InvocationResult {
  return { ok: true, payload: new TextDecoder().decode(bytes), streamed: bytes };
}

export function failed(payload: string): InvocationResult {
  return { ok: false, payload };
}

export function timedOut(requestId: string, timeoutSeconds: number): InvocationResult {
  const text = `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
  return failed(JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage: text }));
}

export function exited(
  requestId: string,
  code: number | null,
  signal: NodeJS.Signals | null,
): InvocationResult {
  const how = code === null ? `signal: ${signal}` : `exit status ${code}`;
  const text = `RequestId: ${requestId} Error: Runtime exited with error: ${how}`;
  return failed(JSON.stringify({ errorType: 'Runtime.ExitError', errorMessage: text }));
}

/** The function could not be reached at all. */
export function notRun(reason: unknown): InvocationResult {
  return failed(JSON.stringify({ errorType: 'Sandbox.Unavailable', errorMessage: String(reason) }));
}
