/**
 * Unpacks downloaded packages into one directory a program, as files without owners, rights or scripts of the system.
 *
 * Errors  ToolFailure
 */
import { mkdirSync } from 'node:fs';
import { runTool } from './command.ts';
import { LEFT_OUT } from './recipe.ts';

/**
 * Not `dpkg-deb --extract`: run by root it would recreate set-uid programs (su, mount), which nobody updates in a cache.
 * tar drops those bits unless it is asked to keep permissions. Others may read: PostgreSQL may run as nobody.
 */
const SCRIPT = `
set -euo pipefail
umask 022
root=$1; shift
excludes=(); while [ "$1" != -- ]; do excludes+=("--exclude=$1"); shift; done; shift
for file in "$@"; do
  dpkg-deb --fsys-tarfile "$file" |
    tar --extract --directory "$root" --no-same-owner --no-same-permissions --keep-directory-symlink "\${excludes[@]}"
done
`;

export async function unpack(files: readonly string[], root: string, signal: AbortSignal): Promise<void> {
  mkdirSync(root, { recursive: true });
  await runTool('bash', ['-c', SCRIPT, 'unpack', root, ...LEFT_OUT, '--', ...files], { signal });
}
