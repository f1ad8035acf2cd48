/** What `npm run outbox -- --help` says. */

export const USAGE = `npm run outbox -- --table <name> --tags <tags>

  --table <name>      as Postgres has it, without quotes or schema
  --schema <name>     where the table is                       default: public
  --tags <tags>       what a change of a row purges, by comma: 'users,users:{id}'
                      {column} is the row's value, as it was and as it is; {"odd,name"} where a name needs quotes
  --out <folder>      where the migration is written            default: migrations
  --role <name>       who drains the outbox, if not whoever runs the migration
  --force             writes over a migration that says something else
  --apply             runs it as well, in DATABASE_URL or the database that \`npm start\` runs; --apply down takes it back

It writes outbox-<schema>-<table>.up.sql and .down.sql: run them as you run your migrations. Both may run twice.
Before a column that a tag names is dropped or renamed, run it again with other tags, or the down: writes would fail.
A value that is no visible ASCII, or has a comma or a percent sign, stands in the tag as in a URL: encode it so in Cache-Tag.
Exit codes: 0 done, 1 the database refused or is out of reach, 2 wrong arguments or settings.`;
