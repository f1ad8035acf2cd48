/**
 * A client that sends exactly what it is told and hides nothing: no redirect followed, no coding undone, no path tidied up.
 */

import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';

export interface Question {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string | Uint8Array;
}

export interface Reply {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** Names and values by turns, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly text: string;
  /** False when the connection ended before the body did. */
  readonly whole: boolean;
  /** Headrace's member of Cache-Status, without its name. */
  readonly cacheStatus: string | undefined;
}

export async function ask(base: string, path: string, question: Question = {}): Promise<Reply> {
  return readReply(await begin(base, path, question));
}

export interface Sent {
  /** The system has every byte of the request. */
  readonly sent: Promise<unknown>;
  readonly reply: Promise<Reply>;
}

/** For those who have to know when a request is on its way, and not only what came of it. */
export function send(base: string, path: string, question: Question = {}): Sent {
  const request = requestTo(base, path, question);
  const reply = once(request, 'response').then(([response]) => readReply(response as IncomingMessage));
  return { sent: once(request, 'finish'), reply };
}

/** Resolves when the headers are there, with the body still to come. */
export async function begin(base: string, path: string, question: Question = {}): Promise<IncomingMessage> {
  const [response] = (await once(requestTo(base, path, question), 'response')) as [IncomingMessage];
  return response;
}

function requestTo(base: string, path: string, question: Question): ClientRequest {
  const { hostname, port } = new URL(base);
  const { method = 'GET', body } = question;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  const headers = { ...length, ...question.headers };
  const sent = request({
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port,
    path,
    method,
    headers,
    agent: false,
  });
  return sent.end(body);
}

export async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  const ended = await new Promise<boolean>(resolve => {
    response
      .on('data', chunk => chunks.push(chunk))
      .on('end', () => resolve(response.complete))
      .on('error', () => resolve(false));
  });
  const body = Buffer.concat(chunks);
  const { statusCode = 0, headers, rawHeaders } = response;
  const cacheStatus = /(?:^|, )Headrace; (.*)$/.exec(String(headers['cache-status'] ?? ''))?.[1];
  return { status: statusCode, headers, rawHeaders, body, text: body.toString(), whole: ended, cacheStatus };
}

/** Bytes to the server, everything it answers until it closes the connection. */
export async function sendRaw(base: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(base);
  const socket = connect(Number(port), hostname);
  socket.end(bytes);
  let answer = '';
  socket.setEncoding('latin1').on('data', chunk => {
    answer += chunk;
  });
  await once(socket, 'close');
  return answer;
}
