/** What `npm run publish -- --help` says. */

export const USAGE = `npm run publish -- <folder>

Sends what changed in the folder since the last time: first what pages refer to, pages last. Then it tells caches
of what changed under its name; what bears a hash in its name never does. What was interrupted is gone on with.

  --bucket <name>         in S3; without it, ASSETS_BUCKET, else the bucket of the stack that npm start runs
  --endpoint <url>        of what speaks as S3 does: R2, Google Cloud Storage
  --container <url>       in Azure: https://<account>.blob.core.windows.net/<container>
  --prefix <folder/>      what every name begins with
  --url <url>             where that is served          default: the edge, and the prefix
  --tag <tag>             by which caches forget it; once for each
  --cache-control <text>  in place of a year for names with a hash and a minute for others
  --minify                makes JavaScript, CSS, SVG, HTML and JSON smaller
  --pictures              encodes JPEG and PNG anew where that makes them smaller
  --no-compress           makes no .br and .gz
  --prune                 removes what is no longer in the folder
  --no-invalidate         tells no cache
  --dry-run               says what would be done, and does nothing
  --json                  the outcome in one line, for other programs

Credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or whatever else the AWS SDK finds, with AWS_REGION;
for Azure AZURE_STORAGE_SAS_TOKEN, or AZURE_STORAGE_TOKEN with a bearer token. The edge: HEADRACE_URL and
ADMIN_TOKEN, or the stack that runs here.

They may do s3:GetObject, PutObject, DeleteObject, AbortMultipartUpload and ListMultipartUploadParts below the prefix
and below .headrace/, and ListBucket: without it S3 says 403 of what is not there.

Names: left as they are, since what names them was written by your bundler; it also knows which to hash.
Left out: names that begin with a dot, but for .well-known; links that lead out of the folder or to folders.
Exit codes: 0 done, 1 it failed or was interrupted, begin again to go on; 2 wrong arguments or settings.`;
