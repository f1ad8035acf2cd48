/**
 * The process of the embedded Redis: listens, tells its launcher where, and keeps its state when it ends.
 *
 * Shape   TOKEN, and SNAPSHOT (a file; none means nothing is kept) from the environment -> { url } to the launcher
 */
import { serveLoopback } from '../loopback.ts';
import { createEngine } from './engine.ts';
import { createGateway } from './gateway.ts';
import { loadSnapshotFile, saveSnapshotFile } from './snapshot-file.ts';

const { TOKEN: token, SNAPSHOT: snapshotFile } = process.env;
if (!token) throw new Error('TOKEN is not set');

const SWEEP_MS = 1000;
const SWEPT_KEYS = 10_000;

let finishing = false;
const engine = await createEngine({ clock: Date.now, random: Math.random });
if (snapshotFile) loadSnapshotFile(engine, snapshotFile, console.error);
const server = await serveLoopback(createGateway({ executor: engine, token }));
setInterval(() => engine.db.sweep(SWEPT_KEYS), SWEEP_MS).unref();

process.once('SIGTERM', finish);
process.once('disconnect', finish);
// Ctrl-C reaches the whole group of processes at once; the launcher decides when Redis, which others need, may end.
process.on('SIGINT', () => {
  if (!process.connected) finish();
});
process.send?.({ url: server.origin });

async function finish(): Promise<void> {
  if (finishing) return;
  finishing = true;
  await server.close();
  if (snapshotFile) saveSnapshotFile(engine, snapshotFile);
  process.exit();
}
