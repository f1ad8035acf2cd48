/**
 * An engine for twins that runs in this process: PostgreSQL 18 in WebAssembly, in a directory of its own that goes with it.
 *
 * Shape   openPgliteEngine({ collation, directory }) -> TwinEngine
 * Cost    2–4 s, 550 MB of memory, 40 MB of disk
 * Errors  those of making the directory; an engine that fails is SessionLost
 */

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import type { Snapshot } from '../../../../shared/query-optimizer/snapshot.ts';
import type { TwinEngine } from '../../../../shared/query-optimizer/twin/engine.ts';
import { loadExtensions } from './extensions.ts';
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
  const dataDir = await mkdtemp(join(options.directory ?? tmpdir(), 'headrace-twin-'));
  const extensions = await loadExtensions(snapshot.server.extensions.map(({ name }) => name));
  const db = new PGlite({ dataDir, extensions, initDbStartParams: localeOf(snapshot) });
  // A run that ends early must not leave its directory behind.
  const removeWithUs = () => rmSync(dataDir, { recursive: true, force: true });
  process.once('exit', removeWithUs);
  const close = async () => {
    process.off('exit', removeWithUs);
    await db.close().catch(() => {});
    await rm(dataDir, { recursive: true, force: true });
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
