/** What `npm run analyze -- --help` says. */

export const USAGE = `npm run analyze -- --database-url URL | --snapshot FILE   --out DIR

Reads what Postgres measured about itself, lets a real planner judge candidate indexes, and writes a report and a migration.
It reads, and never changes, your database.

  --database-url URL     postgres://user:password@host/database; or DATABASE_URL in the environment
  --snapshot FILE        one that --save-snapshot wrote: nothing is connected to
  --out DIR              gets report.md, report.json, migration.up.sql and migration.down.sql
  --workload FILE        statements instead of pg_stat_statements, one JSON a line: {"id", "sql", "calls"?, "normalized"?}
  --budget 25%|500MB     what new indexes may take, of the tables or in bytes; 25% unless said
  --planner twin|hypopg  twin: an empty copy of your schema with your statistics, here (the default)
                         hypopg: the extension of that name, in your database
  --time 90s             when the search must end with the best found until then
  --drops                drops of unused and redundant indexes stand in the migration, and not only as comments
  --save-snapshot FILE   keeps what was read, to be analysed again without the database; readable by you alone, since
                         statistics have values of your columns in them

Exit codes: 0 done, 1 failure, 2 wrong arguments or files, 3 done in part: the report says what is missing and what would help.`;
