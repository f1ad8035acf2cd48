/** A launcher to be killed: starts PostgreSQL on the directory it is given and says where. */
import { startPostgres } from '../../../../infra/local/postgres/postgres.ts';

const [stateDir = ''] = process.argv.slice(2);
const { pid, url } = await startPostgres({ stateDir });
process.stdout.write(`${JSON.stringify({ pid, url })}\n`);
