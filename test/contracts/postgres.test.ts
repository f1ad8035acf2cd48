import { describePostgres } from './postgres.ts';
import { postgresPrograms } from './tier.ts';

describePostgres(postgresPrograms());
