/**
 * An engine for twins that runs in this process: PostgreSQL 18 in WebAssembly, in a directory of its own that goes with it.
 *
 * Shape   openPgliteEngine({ collation, directory }) -> TwinEngine
 * Cost    2–4 s, 550 MB of memory, 40 MB of disk
 * Errors  those of making the directory; an engine that fails is SessionLost
 */

import { tmpdir } from 'node:os';
import { PGlite } from '@electric-sql/pglite';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import type { TwinEngine } from '../../../../shared/query-optimizer/twin/engine.ts';
import { loadExtensions } from './extensions.ts';
import { makePassingDirectory } from './passing-directory.ts';
import { createPgliteSession } from './pglite-session.ts';
import { createRelationFiles } from './relation-files.ts';

export interface PgliteEngineOptions {
  /** Where its directory is made. @default the system's place for temporary files */
  readonly directory?: string;
}

export async function openPgliteEngine(
  snapshot: Snapshot,
  options: PgliteEngineOptions = {},
): Promise<TwinEngine> {
  const own = await makePassingDirectory(options.directory ?? tmpdir());
  const dataDir = own.path;
  const extensions = await loadExtensions(snapshot.server.extensions.map(({ name }) => name));
  const db = new PGlite({ dataDir, extensions, initDbStartParams: localeOf(snapshot) });
  const close = async () => {
    await db.close().catch(() => {});
    await own.remove();
  };
  try {
    await db.waitReady;
  } catch (error) {
    await close();
    throw error;
  }
  return {
    session: createPgliteSession(db, close),
    extensions: new Set([...Object.keys(extensions), 'plpgsql']),
    ...createRelationFiles(dataDir),
    close,
  };
}

/** Only under C is a prefix LIKE a range of an ordinary index; any other collation stands for all that are not C. */
function localeOf({ server }: Snapshot): string[] {
  const isPlain = ['C', 'POSIX'].includes(server.collation);
  return isPlain ? [] : ['--locale-provider=icu', '--icu-locale=und'];
}
