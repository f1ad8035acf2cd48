/**
 * Writes the configuration of workerd for the edge: one Worker, one socket, the network, and the origins that want the
 * client's Host.
 *
 * Variables are bound by name from workerd's own environment, so that no secret and no text of a person is part of this
 * file. Which address it listens on is said on the command line.
 *
 * Shape   { workerFile, variables, upstreams } -> Cap'n Proto text
 * Source  workerd.capnp, which the npm package `workerd` carries
 */

export interface WorkerdConfig {
  /** The bundle, beside the configuration's file. */
  readonly workerFile: string;
  /** Names of environment variables that become text bindings. */
  readonly variables: readonly string[];
  /** Binding name -> address of a server that is asked with the Host of the request's URL, whatever its own address. */
  readonly upstreams: Readonly<Record<string, URL>>;
}

export const SOCKET_NAME = 'http';

export function formatWorkerdConfig({ workerFile, variables, upstreams }: WorkerdConfig): string {
  const external = Object.entries(upstreams);
  const bindings = [
    ...variables.map(name => `(name = ${quote(name)}, fromEnvironment = ${quote(name)})`),
    ...external.map(([name]) => `(name = ${quote(name)}, service = ${quote(name)})`),
  ];
  const worker = `(
    modules = [(name = "worker.js", esModule = embed ${quote(workerFile)})],
    compatibilityDate = "2026-07-30",
    compatibilityFlags = ["nodejs_compat"],
    globalOutbound = "network",
    bindings = ${list(bindings)},
  )`;
  const services = [
    `(name = "edge", worker = ${worker})`,
    // "private" includes the machine itself: an origin on this machine or in its network is what this is for.
    '(name = "network", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true)))',
    ...external.map(([name, url]) => `(name = ${quote(name)}, external = ${formatExternal(url)})`),
  ];
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = ${list(services)},
  sockets = [(name = "${SOCKET_NAME}", address = "127.0.0.1:0", http = (), service = "edge")],
);
`;
}

function formatExternal({ protocol, hostname, port }: URL): string {
  if (protocol !== 'https:') return `(address = ${quote(`${hostname}:${port || 80}`)}, http = ())`;
  const tls = `tlsOptions = (trustBrowserCas = true), certificateHost = ${quote(hostname)}`;
  return `(address = ${quote(`${hostname}:${port || 443}`)}, https = (options = (), ${tls}))`;
}

function list(items: readonly string[]): string {
  return `[${items.map(item => `\n    ${item},`).join('')}\n  ]`;
}

/** Every byte but plain ASCII letters, digits and harmless marks is escaped, so no text can end its own quotes. */
export function quote(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const escaped = Array.from(bytes, byte => {
    const character = String.fromCharCode(byte);
    return /[A-Za-z0-9 ._:/[\]-]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
  });
  return `"${escaped.join('')}"`;
}
