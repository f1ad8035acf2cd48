/** What `npm run jobs -- --help` says. */

import { JOB_TYPES } from '../../../shared/jobs/catalogue.ts';
import { JOB_STATES } from '../../../shared/jobs/job.ts';

export const USAGE = `npm run jobs -- <command>

  enqueue <type> <payload>   payload: JSON, @file, or - for standard input
          --priority 1..10   from 7 on the high lane        --delay <seconds>
          --tenant <name>    whose job it is                --key <text>  the same key is the same job
          --watch            goes on as watch does
  watch   <id>               shows the job until it ends; fails unless it succeeds
  get     <id>
  list    --type <type>  --state <state>  --limit 1..100  --cursor <where the page before ended>
  cancel  <id>               at once where it waits, within three seconds where it runs
  retry   <id>               begins a dead, cancelled or failed job anew
  queues                     what waits, runs and has died
  redrive <type>             brings the dead back  --rate <jobs a second, 10>

  --json                     what the API answered, one line each, for other programs

types    ${JOB_TYPES.join(', ')}
states   ${JOB_STATES.join(', ')}

It speaks to the edge that \`npm start\` runs, or to HEADRACE_URL, with ADMIN_TOKEN.
Exit codes: 0 done, 1 refused, out of reach, or the watched job did not succeed, 2 wrong arguments or settings.`;
