/**
 * Host and port as people and programs write them, and whether one may be listened on.
 *
 * Errors  StartError: port taken (3), no such address here or a port that needs privileges (2)
 */

import { once } from 'node:events';
import { createServer } from 'node:net';
import { EXIT, StartError } from './part.ts';

/** `host:port`, with an IPv6 address in brackets. */
export function formatAddress(host: string, port: number): string {
  const bare = host.replace(/^\[|\]$/g, '');
  return bare.includes(':') ? `[${bare}]:${port}` : `${bare}:${port}`;
}

/** Where a listener on this host can be reached from this machine. */
export function urlOf(host: string, port: number): string {
  return `http://${formatAddress(isWildcard(host) ? '127.0.0.1' : host, port)}`;
}

/** An edge whose origin is itself would ask itself until the machine gives up. */
export function pointsAtItself(origin: URL, host: string, port: number): boolean {
  const originPort = Number(origin.port || (origin.protocol === 'https:' ? 443 : 80));
  if (originPort !== port) return false;
  const name = origin.hostname.replace(/^\[|\]$/g, '');
  return name === host || (isLocal(name) && (isLocal(host) || isWildcard(host)));
}

/** Checked before anything is started, so that a taken port costs nobody a start. */
export async function checkPort(host: string, port: number): Promise<void> {
  const server = createServer();
  const listening = once(server, 'listening').catch(error => {
    throw portProblem(error, host, port);
  });
  server.listen(port, host.replace(/^\[|\]$/g, ''));
  await listening;
  server.close();
  await once(server, 'close');
}

export function portProblem(error: { code?: string }, host: string, port: number): StartError {
  const { code } = error;
  if (code === 'EADDRINUSE') {
    const sentence = `Port ${port} on ${host} is taken: stop what listens there, or choose another with PORT=${port + 1}.`;
    return new StartError(EXIT.portTaken, sentence, { cause: error });
  }
  if (code === 'EACCES') {
    return new StartError(EXIT.badSetting, `PORT ${port} needs privileges: choose one from 1024 on.`, {
      cause: error,
    });
  }
  const sentence = `HOST ${host} is not an address of this machine (${code}): choose 127.0.0.1, or 0.0.0.0 for all.`;
  return new StartError(EXIT.badSetting, sentence, { cause: error });
}

function isWildcard(host: string): boolean {
  return ['0.0.0.0', '::', '[::]'].includes(host);
}

function isLocal(host: string): boolean {
  return (
    host === 'localhost' ||
    host === '::1' ||
    host === '[::1]' ||
    host === '0.0.0.0' ||
    host.startsWith('127.')
  );
}
