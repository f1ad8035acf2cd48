/**
 * Says whether this machine can run the stack, before anything is downloaded for it.
 *
 * Shape   { platform, arch, versions } -> a sentence | undefined
 */

const OLDEST_NODE = 20;

const ELSEWHERE = {
  darwin: 'macOS is not supported: use a Linux machine, virtual machine or container with Node 20 or newer.',
  win32: 'Windows is not supported: run Headrace inside WSL 2, with Node 20 or newer for Linux.',
};

export function platformProblem({ platform, arch, versions }) {
  if (platform !== 'linux') {
    return `Headrace runs on Linux x64 and arm64; ${ELSEWHERE[platform] ?? `${platform} is not supported: use Linux.`}`;
  }
  if (arch !== 'x64' && arch !== 'arm64') {
    return `Headrace runs on Linux x64 and arm64, and this machine is ${arch}: use one of those.`;
  }
  if (Number.parseInt(versions.node, 10) < OLDEST_NODE) {
    return `Headrace needs Node ${OLDEST_NODE} or newer to begin, and this is Node ${versions.node}: install a newer one.`;
  }
  return undefined;
}
