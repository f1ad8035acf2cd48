/** What `npm run deploy -- --help` and `npm run destroy -- --help` say. */

export const DEPLOY_USAGE = `npm run deploy -- [--stage <name>] [--dry-run] [--yes]

  Deploys the stacks to AWS, then the Worker to Cloudflare with what they put out, then tells the stacks where the Worker is,
  if they do not know. Whatever is as it should be is left alone, so it may be run again at any time.

  --stage <name>   production (the default), or an environment of wrangler.toml: another set of everything
  --dry-run        shows each step and does none
  --yes            asks for no approval of what widens rights: for machines

  Secrets come from the environment by their names (ADMIN_TOKEN, …) and are never printed; the edge's own keys for AWS as
  EDGE_AWS_ACCESS_KEY_ID and EDGE_AWS_SECRET_ACCESS_KEY. infra/DEPLOY.md tells all.`;

export const DESTROY_USAGE = `npm run destroy -- [--stage <name>] [--dry-run] [--yes]

  Removes the Worker and the stacks, after asking. Says what is kept.`;
