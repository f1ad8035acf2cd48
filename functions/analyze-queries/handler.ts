/**
 * The function analyze-queries: does the jobs of the type `analysis`, of which a cron entry enqueues one each night.
 *
 * Apart from the function of the other types, because it carries a Postgres and its parser.
 *
 * Shape   SQS event -> failed messages
 * Errors  without the jobs' settings it does not start; a job that fails is a message that failed, never a failed batch
 */

import { S3Client } from '@aws-sdk/client-s3';
import { formatEmf } from '../../shared/monitoring/emf.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { createTwinPlanner } from '../../shared/query-optimizer/twin/twin-planner.ts';
import { readJobsAccess } from '../adapters/jobs/jobs-access.ts';
import { createJobsHandler } from '../adapters/jobs/jobs-handler.ts';
import { openPgliteEngine } from '../adapters/planners/twin/pglite-engine.ts';
import { openDatabase } from '../adapters/postgres/open-database.ts';
import { createSqlParser } from '../adapters/sql-parser/libpg-query.ts';
import { createAnalysisStore } from './analysis-store.ts';
import { createAnalysisTask } from './analysis-task.ts';
import { databaseAt } from './database-at.ts';
import { createAnalyzeNight } from './night.ts';

const access = readJobsAccess(process.env);
const { bucket, databaseUrl, endpoint } = access;
// An emulator's buckets are paths: names below its own would need a name server.
const s3 = new S3Client({ forcePathStyle: endpoint !== undefined });
const analyzeNight =
  databaseUrl === undefined
    ? undefined
    : createAnalyzeNight({
        clock,
        parser: await createSqlParser(),
        openDatabase: database => openDatabase(databaseAt(databaseUrl, database)),
        openPlanner: async snapshot => createTwinPlanner(await openPgliteEngine(snapshot), snapshot),
        store: createAnalysisStore({ s3, bucket }),
        // Not through the console, which Lambda wraps: CloudWatch reads metrics off a line that is theirs alone.
        emit: line => process.stdout.write(`${formatEmf(line)}\n`),
      });

export const handler = createJobsHandler({ analysis: createAnalysisTask(analyzeNight) }, access);
