/**
 * Modules without a test at their own path, by the test that runs them and the reason. Modules of types need none and are not
 * listed; what infra/local starts is tested from outside, by starting it.
 *
 * Shape   test -> why it is enough -> modules
 */

const RUN_BY: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'test/contracts/asset-store.test.ts': {
    'an adapter of the port; what it promises is the contract': [
      'functions/adapters/asset-stores/azure-store.ts',
      'functions/adapters/asset-stores/s3-store.ts',
    ],
    'what is said of a file shows when it comes back': ['functions/adapters/asset-stores/s3-place.ts'],
    'a large file is a part of the contract': [
      'functions/adapters/asset-stores/azure-upload.ts',
      'functions/adapters/asset-stores/s3-upload.ts',
    ],
    'a file that is gone on with was noted': ['functions/adapters/asset-stores/upload-notes.ts'],
    'each failure is made, and told, in the contract': ['functions/adapters/asset-stores/s3-failures.ts'],
    'a sentence for each code': ['functions/adapters/asset-stores/words.ts'],
    'who may ask, and how often, shows at the store': ['functions/adapters/asset-stores/azure-request.ts'],
    'a wrong digest is refused by every store': ['functions/publishing/digests.ts'],
    'a port, and its error': ['shared/publishing/asset-store.ts'],
  },
  'test/contracts/body-codec.test.ts': {
    'an adapter of the codec port; what it promises is the contract': [
      'edge/adapters/body-codecs.ts',
      'functions/adapters/body-codecs.ts',
    ],
  },
  'test/contracts/cache.test.ts': {
    'how commands travel shows at a Redis': ['shared/cache/value-commands.ts'],
    'run by both tiers of Redis': ['shared/cache/value-scripts.lua.ts'],
    'run on both tiers of Redis, without memory in front too': ['shared/cache/value-store.ts'],
  },
  'test/contracts/collect.test.ts': {
    'what it reads of a real server is a snapshot': [
      'functions/adapters/postgres/pg-session.ts',
      'functions/adapters/postgres/read-only.ts',
    ],
    'its SQL runs on real servers of two versions': [
      'shared/query-optimizer/collect/collect.ts',
      'shared/query-optimizer/collect/constraints.ts',
      'shared/query-optimizer/collect/extended-statistics.ts',
      'shared/query-optimizer/collect/functions.ts',
      'shared/query-optimizer/collect/indexes.ts',
      'shared/query-optimizer/collect/part.ts',
      'shared/query-optimizer/collect/read-part.ts',
      'shared/query-optimizer/collect/relations.ts',
      'shared/query-optimizer/collect/server.ts',
      'shared/query-optimizer/collect/since.ts',
      'shared/query-optimizer/collect/sizes.ts',
      'shared/query-optimizer/collect/statements.ts',
      'shared/query-optimizer/collect/statistics.ts',
      'shared/query-optimizer/collect/types.ts',
      'shared/query-optimizer/collect/workload.ts',
    ],
  },
  'test/contracts/job-queue.test.ts': {
    'a port; who promises to keep it is tested there': ['shared/jobs/job-queue.ts'],
    'an adapter of the port; what it promises is the contract, over both ways to SQS': [
      'shared/jobs/sqs/queue.ts',
    ],
  },
  'test/contracts/job-scheduler.test.ts': {
    'an adapter of the port; what it promises is the contract': [
      'functions/adapters/jobs/event-bridge-scheduler.ts',
    ],
  },
  'test/contracts/job-store.test.ts': {
    'names, and which states are the end': ['shared/jobs/job.ts'],
    'names of keys, seen from Redis alone': ['shared/jobs/store/job-keys.ts'],
    'a part of the store; what it promises is the contract': ['shared/jobs/store/job-lists.ts'],
    'run by both tiers of Redis': ['shared/jobs/store/move.lua.ts', 'shared/jobs/store/scripts.lua.ts'],
    'an adapter of the port; what it promises is the contract': ['shared/jobs/store/redis-job-store.ts'],
    'reads what the scripts answer, and is right where the contract holds': ['shared/jobs/store/replies.ts'],
    'reads what the scripts wrote, and is right where the contract holds': ['shared/jobs/store/row.ts'],
    'a pipeline of scripts means nothing without a Redis that may forget them': [
      'shared/jobs/store/run-many.ts',
    ],
  },
  'test/contracts/metrics-store.test.ts': {
    'run by both tiers of Redis': ['shared/monitoring/add-batch.lua.ts'],
    'a port and its bounds; what it promises is the contract': ['shared/monitoring/metrics-store.ts'],
  },
  'test/contracts/once-store.test.ts': {
    'an adapter of the port; what it promises is the contract': ['functions/adapters/jobs/postgres-once.ts'],
  },
  'test/contracts/outbox.test.ts': {
    'an adapter of the port; what it promises is the contract': [
      'functions/adapters/outbox/postgres-outbox.ts',
    ],
    'what a Postgres refuses by it': ['shared/outbox/check-columns.ts'],
    'what is written there only a Postgres can judge': [
      'shared/outbox/migration.ts',
      'shared/outbox/shared-objects.ts',
      'shared/outbox/trigger-function.ts',
    ],
    'a port': ['shared/outbox/outbox-store.ts'],
  },
  'test/contracts/payload-store.test.ts': {
    'an adapter of the port; what it promises is the contract': ['edge/adapters/s3-payloads.ts'],
  },
  'test/contracts/planner.test.ts': {
    'what it does shows in what a planner answers': [
      'shared/query-optimizer/planning/explain.ts',
      'shared/query-optimizer/planning/index-switches.ts',
      'shared/query-optimizer/planning/read-plan.ts',
    ],
    'what it makes of a source shows in costs beside really built indexes': [
      'shared/query-optimizer/twin/column-shapes.ts',
      'shared/query-optimizer/twin/document-statistics.ts',
      'shared/query-optimizer/twin/elements.ts',
      'shared/query-optimizer/twin/emptiness.ts',
      'shared/query-optimizer/twin/expected-rows.ts',
      'shared/query-optimizer/twin/expression-statistics.ts',
      'shared/query-optimizer/twin/extended-data.ts',
      'shared/query-optimizer/twin/known-values.ts',
      'shared/query-optimizer/twin/measure-candidates.ts',
      'shared/query-optimizer/twin/open-twin.ts',
      'shared/query-optimizer/twin/restore-extended.ts',
      'shared/query-optimizer/twin/restore-statistics.ts',
      'shared/query-optimizer/twin/run-steps.ts',
      'shared/query-optimizer/twin/sample-elements.ts',
      'shared/query-optimizer/twin/settings.ts',
      'shared/query-optimizer/twin/shape-files.ts',
      'shared/query-optimizer/twin/steps.ts',
    ],
  },
  'test/contracts/redis.test.ts': {
    'an adapter of the Redis port; what it promises is the contract': ['functions/adapters/undici-redis.ts'],
    'what fetch makes of a post shows in the contract': ['shared/redis/http-send.ts'],
    'a port and its two errors; what they promise is the contract': ['shared/redis/redis.ts'],
  },
  'test/edge/api/alerts.test.ts': {
    'the answers are read with it': ['shared/api/alerts.ts'],
    'what burns shows in the answer': ['shared/monitoring/alerts/evaluate-objectives.ts'],
  },
  'test/edge/api/cdn-figures.test.ts': {
    'a schema; the route is held to it': ['shared/api/cdn-figures.ts'],
  },
  'test/edge/api/image-variants.test.ts': {
    'what it makes shows in the manifest': ['edge/images/make-variant.ts'],
    'what is said shows where it is answered': ['edge/images/not-set-up.ts'],
    'what it takes and refuses shows at the route': ['shared/api/images.ts'],
  },
  'test/edge/api/invalidate.test.ts': {
    'what it makes is what the route enqueues': ['edge/api/invalidation-order.ts'],
  },
  'test/edge/api/jobs/enqueue.test.ts': {
    'shows in every answer': ['edge/api/jobs/job-response.ts'],
    'a sentence for each way of saying no, and each way is tested at its route': [
      'edge/api/jobs/problems.ts',
    ],
    'what it takes and refuses shows at the routes': ['shared/api/jobs.ts'],
  },
  'test/edge/api/purge-order.test.ts': {
    'what it takes and refuses shows at the route': ['shared/api/cache.ts'],
  },
  'test/edge/api/scaling.test.ts': {
    'the answers are read with it': ['shared/api/scaling.ts'],
    'what it keeps shows in the answers': ['shared/scaling/store.ts'],
  },
  'test/edge/hono/cache.test.ts': {
    'what it does shows at the middleware': [
      'edge/hono/app-origin.ts',
      'edge/hono/app-plan.ts',
      'edge/hono/respond.ts',
    ],
    'it wires what has tests of its own': ['edge/hono/http-cache.ts'],
  },
  'test/edge/proxy/answered.test.ts': {
    'what is noted is what is told': ['edge/proxy/account.ts'],
  },
  'test/edge/proxy/handler.test.ts': {
    'the second half of the handler; every decision is carried out there': ['edge/proxy/carry-out.ts'],
    'writes what its callers decide, with the cache in hand': ['edge/proxy/keeping/keeping.ts'],
    'acts on what keepable.ts decides, with the cache and a clock in hand': ['edge/proxy/keeping/keep.ts'],
    'its outcomes show at the whole proxy': ['edge/proxy/loading/load.ts', 'edge/proxy/pass.ts'],
  },
  'test/flows/analyze-queries.test.ts': {
    'the composition root: it wires, and runs in the runtime': ['functions/analyze-queries/handler.ts'],
    'run as a job: what it gives back and why it fails stand in the row': [
      'functions/analyze-queries/analysis-task.ts',
    ],
    'run on the local S3, with the night before read again': ['functions/analyze-queries/analysis-store.ts'],
    'run for two nights, on a database of its own': ['functions/analyze-queries/night.ts'],
  },
  'test/flows/assets.test.ts': {
    'what is signed is sent by a browser to a bucket that checks it': ['shared/aws/presign.ts'],
    'a wrong instant is refused by whoever checks the signature': ['shared/aws/datetime.ts'],
    'what it takes and refuses shows at the route': ['shared/api/assets.ts'],
    'what it signs is used there': ['edge/api/presign-asset.ts'],
    'what it asks of a bucket only a bucket answers': ['edge/assets/ask-bucket.ts'],
    'shows in every answer': ['edge/assets/asset-response.ts'],
  },
  'test/flows/cdn-figures.test.ts': {
    'the composition root: it wires, and runs in the runtime': ['functions/measure-cdns/handler.ts'],
  },
  'test/flows/cloudfront.test.ts': {
    'what is kept and said shows at the answers': ['infra/constructs/picture-policies.ts'],
    'the bundle is what runs there': ['infra/constructs/name-variant-code.ts'],
    'the composition root: it wires, and runs as a bundle': ['functions/name-variant/handler.ts'],
    'the composition root: it wires, and runs in the runtime': ['functions/forget-variants/handler.ts'],
  },
  'test/flows/dashboard.test.ts': {
    'static files as text: what bundles the Worker reads them, and nothing else does': [
      'edge/dashboard/texts.ts',
    ],
  },
  'test/flows/hono.test.ts': {
    'names what others export': ['edge/hono/index.ts'],
  },
  'test/flows/hosts.test.ts': {
    'what it asks of fetch only workerd does': ['edge/adapters/upstream.ts'],
  },
  'test/flows/image-function.test.ts': {
    'keys and addresses both go through it': ['functions/adapters/image-stores/any-source.ts'],
    'the composition root: it wires, and runs in the runtime': ['functions/optimize-image/handler.ts'],
  },
  'test/flows/images.test.ts': {
    'it wires what has tests of its own': ['edge/images/connect-images.ts'],
  },
  'test/flows/invalidate-cdn.test.ts': {
    'it wires what a function that does jobs is made of, and runs in the runtime': [
      'functions/adapters/jobs/jobs-handler.ts',
    ],
    'the composition root: it wires, and runs in the runtime': ['functions/invalidate-cdn/handler.ts'],
    'what it quotes is read by the edge': ['shared/client/quote.ts'],
  },
  'test/flows/miss-and-hit.test.ts': {
    'the composition root: it wires, and runs in workerd only': ['edge/index.ts'],
    'it wires what has tests of its own': ['edge/connect-cache.ts'],
  },
  'test/flows/outbox.test.ts': {
    'schemas; what the routes answer reaches the client through them': ['shared/api/outbox.ts'],
    'calls by name, asked of a real edge': ['shared/client/outbox-calls.ts'],
    'the composition root: it wires, and runs in the runtime': ['functions/drain-outbox/handler.ts'],
  },
  'test/flows/passing.test.ts': {
    'its streams are workerd’s own': ['edge/adapters/body-pipe.ts'],
  },
  'test/flows/process-jobs.test.ts': {
    'reads the environment of a function that runs': ['functions/adapters/jobs/jobs-access.ts'],
    'it wires what has tests of its own': ['functions/adapters/jobs/open-jobs.ts'],
    'a large payload goes in at one end and comes out at the other': [
      'functions/adapters/jobs/s3-payloads.ts',
    ],
    'the composition root: it wires, and runs in the runtime': [
      'functions/process-jobs/handler.ts',
      'functions/tend-jobs/handler.ts',
    ],
  },
  'test/flows/rfc/stored-fields.test.ts': {
    'what a 304 changes shows in the next answer': ['edge/proxy/keeping/keep-freshened.ts'],
  },
  'test/flows/watching.test.ts': {
    'the composition root: it reads the environment when it is loaded': [
      'functions/apply-scaling/handler.ts',
      'functions/publish-metrics/handler.ts',
      'functions/watch-alerts/handler.ts',
    ],
    'it wires what has tests of its own': ['functions/process-jobs/notifications-access.ts'],
    'what it asks only a database answers': ['functions/watch-alerts/look-at-database.ts'],
  },
  'test/functions/adapters/image-stores/remote-sources.test.ts': {
    'its only user': ['functions/adapters/image-stores/fetch-checked.ts'],
  },
  'test/functions/adapters/image-stores/s3.test.ts': {
    'its bounds show at the stores': ['functions/adapters/image-stores/read-whole.ts'],
    'both stores of S3 stand in one test': [
      'functions/adapters/image-stores/s3-sources.ts',
      'functions/adapters/image-stores/s3-variants.ts',
    ],
  },
  'test/functions/adapters/planners/twin/local-twin.test.ts': {
    'what it gives shows in the twin that lives in it': ['functions/adapters/planners/twin/local-engine.ts'],
  },
  'test/functions/adapters/planners/twin/pglite-twin.test.ts': {
    'what it gives shows in the twin that lives in it': [
      'functions/adapters/planners/twin/extensions.ts',
      'functions/adapters/planners/twin/pglite-engine.ts',
      'functions/adapters/planners/twin/pglite-session.ts',
      'functions/adapters/planners/twin/relation-files.ts',
    ],
    'the server itself reads what it writes': [
      'shared/query-optimizer/twin/engine.ts',
      'shared/query-optimizer/twin/index-heads.ts',
      'shared/query-optimizer/twin/page.ts',
      'shared/query-optimizer/twin/stand-ins.ts',
    ],
  },
  'test/functions/adapters/postgres/neon.test.ts': {
    'the same snapshot by every driver': [
      'functions/adapters/postgres/neon-http.ts',
      'functions/adapters/postgres/open-database.ts',
    ],
  },
  'test/functions/adapters/sharp/sharp-engine.test.ts': {
    'a part of the engine, which is looked at pixel by pixel': [
      'functions/adapters/sharp/carry-out.ts',
      'functions/adapters/sharp/describe.ts',
      'functions/adapters/sharp/encode.ts',
      'functions/adapters/sharp/open.ts',
      'functions/adapters/sharp/overlay.ts',
    ],
    'what errors mean shows on damaged sources': ['functions/adapters/sharp/failures.ts'],
    'whether two orders mean the same, pixels tell': ['functions/adapters/sharp/sharp-order.ts'],
  },
  'test/functions/apply-scaling/apply-scaling.test.ts': {
    'its calls show at the vendor it speaks to': ['functions/apply-scaling/auto-scaling.ts'],
    'what is decided shows in what AWS is told': ['shared/scaling/apply.ts'],
  },
  'test/functions/cache.test.ts': {
    'the door in a Worker stands beside the one in Node, on one Redis': ['edge/cache.ts'],
    'a list of names; both doors hand it on': ['shared/cache/public.ts'],
    'what a runtime gives is there at its door': ['shared/cache/runtime.ts'],
  },
  'test/functions/invalidate-cdn/invalidation-task.test.ts': {
    'a step of the job: what it does shows at the vendors and in the row': [
      'shared/cdn/carry-out/apply-outcome.ts',
      'shared/cdn/carry-out/invalidate.ts',
      'shared/cdn/carry-out/parts.ts',
      'shared/cdn/carry-out/pending.ts',
      'shared/cdn/carry-out/plan-runs.ts',
      'shared/cdn/carry-out/report.ts',
      'shared/cdn/carry-out/run.ts',
      'shared/cdn/carry-out/send-plan.ts',
      'shared/cdn/carry-out/verdict.ts',
    ],
    'what a call takes shows at the vendors’ rates': ['shared/cdn/pace/draws.ts'],
  },
  'test/functions/optimize-image/answer.test.ts': {
    'the answers show where they are given': ['functions/optimize-image/words.ts'],
  },
  'test/functions/process-jobs/tasks/notifications/task.test.ts': {
    'requests are read where they arrive': ['functions/process-jobs/tasks/notifications/requests.ts'],
    'targets show in where notifications go': ['functions/process-jobs/tasks/notifications/targets.ts'],
  },
  'test/functions/publish-metrics/over-the-wire.test.ts': {
    'what it reads shows where it leads': ['functions/adapters/metrics-access.ts'],
  },
  'test/functions/publishing/publish-folder.test.ts': {
    'it opens what the tests of publishing publish to': ['functions/adapters/asset-stores/open-s3.ts'],
    'an error and its code': ['functions/publishing/asset-changed.ts'],
    'without it nothing would begin, or all at once: the bench measures that': [
      'functions/publishing/byte-budget.ts',
    ],
    'what was compressed is read again': ['functions/publishing/compress.ts'],
    'what is stored is what was prepared': ['functions/publishing/prepare-whole.ts'],
    'it puts together what publishing works with': ['functions/publishing/publish-deps.ts'],
    'a second run knows what the first one did': ['functions/publishing/published-manifest.ts'],
    'what is published of a folder is what was read of it': ['functions/publishing/read-folder.ts'],
    'what was removed is looked for': ['functions/publishing/remove-gone.ts'],
    'what changed is what is sent': ['functions/publishing/scan-files.ts'],
    'each file of a folder goes through it': ['functions/publishing/send-file.ts'],
    'the order is what is stored when': ['functions/publishing/send-steps.ts'],
    'plain numbers': ['functions/publishing/sizes.ts'],
    'the types of files show where they are stored': ['functions/publishing/sniff-type.ts'],
    'forms that are out of date are looked for': ['functions/publishing/store-asset.ts'],
    'what is said of files shows where they are stored': ['functions/publishing/treatment.ts'],
  },
  'test/functions/publishing/upload-asset.test.ts': {
    'the door; what is behind it is tested through it': ['functions/publishing.ts'],
    'each kind of body is uploaded': ['functions/publishing/asset-body.ts'],
    'what is refused, and why, shows at the upload': ['functions/publishing/check-asset.ts'],
    'pictures are looked at where they were stored': ['functions/publishing/optimise-picture.ts'],
    'large files share them': ['functions/publishing/part-buffers.ts'],
    'a large stream is cut, sent, and gone on with': ['functions/publishing/send-large.ts'],
    'each kind of body is read by it': ['functions/publishing/sources.ts'],
    'a stream is called by its content': ['functions/publishing/spool.ts'],
    'each language is made smaller': [
      'functions/publishing/minify/minify-code.ts',
      'functions/publishing/minify/minify-html.ts',
      'functions/publishing/minify/minify-json.ts',
      'functions/publishing/minify/minify-svg.ts',
      'functions/publishing/minify/minify.ts',
    ],
  },
  'test/functions/tidy-request/handler.test.ts': {
    'the code is what runs there': ['infra/constructs/tidy-request-code.ts'],
  },
  'test/functions/watch-alerts/look.test.ts': {
    'one look of the function': ['functions/watch-alerts/look-at-outbox.ts'],
    'one of the looks': [
      'functions/watch-alerts/look-at-health.ts',
      'functions/watch-alerts/look-at-jobs.ts',
      'functions/watch-alerts/look-at-redis.ts',
    ],
  },
  'test/functions/watch-alerts/tell-by-job.test.ts': {
    'messages are read where they are enqueued': ['shared/monitoring/alerts/message.ts'],
  },
  'test/infra/check-topology.test.ts': {
    types: ['infra/specs.ts'],
  },
  'test/infra/constructs/alarms.test.ts': {
    'what is drawn of it is what is looked at': [
      'infra/constructs/burn-rate-alarms.ts',
      'infra/constructs/edge-dashboard.ts',
      'infra/monitoring/cloudwatch-signal.ts',
    ],
    'each pair is held to what is drawn': ['shared/monitoring/alerts/objectives.ts'],
  },
  'test/infra/constructs/function-code.test.ts': {
    'plain data; bundling with it is the test': ['infra/bundle.ts'],
  },
  'test/infra/constructs/scaled-target.test.ts': {
    'what is drawn of it is what is looked at': ['infra/monitoring/scaling-metrics.ts'],
  },
  'test/infra/dashboards/files.test.ts': {
    'what it makes is held to the files': [
      'infra/monitoring/grafana-dashboard.ts',
      'infra/monitoring/prometheus-rules.ts',
      'infra/monitoring/promql.ts',
    ],
    'panels are held to the files': ['shared/monitoring/alerts/panels.ts'],
    'the registry that PromQL is held to': ['shared/monitoring/watched.ts'],
  },
  'test/infra/deployment.test.ts': {
    'a table: each setting is given wrongly in turn': ['infra/deployment-settings.ts'],
  },
  'test/infra/draw-stacks.test.ts': {
    'plain data; the template is held to it': ['infra/topology.ts'],
    'that an acknowledgement names one finding shows where templates are drawn': [
      'infra/constructs/acknowledge.ts',
    ],
    'what is told of a bucket is held to the topology': ['infra/constructs/bucket-events.ts'],
    'the names are held to the topology': ['infra/constructs/deployed-stack.ts'],
    'what is kept of schedules is held to the topology': ['infra/constructs/missed-runs.ts'],
    'where each part stands is held to the topology': ['infra/stack-of.ts'],
    'templates and topology are compared as a whole': [
      'infra/stacks/analysis-stack.ts',
      'infra/stacks/delivery-stack.ts',
      'infra/stacks/images-stack.ts',
      'infra/stacks/jobs-stack.ts',
      'infra/stacks/monitoring-stack.ts',
      'infra/stacks/parts.ts',
    ],
    'what is drawn of a cron entry is held to the topology': ['infra/constructs/cron-entry.ts'],
    'what the functions of the jobs share shows in the template': ['infra/constructs/job-services.ts'],
  },
  'test/infra/monitoring/cost.test.ts': {
    'numbers, which show in the sums': [
      'infra/monitoring/prices.ts',
      'shared/monitoring/alerts/presets.ts',
      'shared/scaling/presets.ts',
    ],
  },
  'test/infra/stacks/delivery.test.ts': {
    'who may ask shows in the template': ['infra/constructs/cloudfront-access.ts'],
    'the distribution is looked at as it is drawn': ['infra/constructs/distribution.ts'],
    'its role and version show in the template': ['infra/constructs/edge-function.ts'],
  },
  'test/rules/api-routes.test.ts': {
    'a table, compared with what is served': [
      'shared/api/routes-of-assets.ts',
      'shared/api/routes-of-cache.ts',
      'shared/api/routes-of-documents.ts',
      'shared/api/routes-of-jobs.ts',
      'shared/api/routes-of-performance.ts',
      'shared/api/routes.ts',
    ],
    'the words of the table that the rule compares': ['shared/api/route.ts'],
    'the table is held to what is mounted': [
      'shared/api/routes-of-alerts.ts',
      'shared/api/routes-of-scaling.ts',
    ],
  },
  'test/shared/api/openapi.test.ts': {
    'part of the table, which is tested as a whole': ['shared/api/routes-of-outbox.ts'],
    'a table that the document is made of': ['shared/api/routes-of-images.ts'],
    'its operations are parts of the document': ['shared/api/openapi-operation.ts'],
    'shows in the document': ['shared/api/problem.ts'],
  },
  'test/shared/api/performance.test.ts': {
    'parts of the schemas that stand there whole': ['shared/api/performance-figures.ts'],
  },
  'test/shared/aws/json-call.test.ts': {
    'which of the two it is, is the test': ['shared/aws/aws-errors.ts'],
  },
  'test/shared/cache/cache-interleavings.test.ts': {
    'that a removal wins is the property': ['shared/cache/value-removals.ts'],
    'that a write is never undone is the property': ['shared/cache/value-writes.ts'],
    'two levels are right when no order of events shows them': ['shared/cache/value-levels.ts'],
  },
  'test/shared/cache/cache.test.ts': {
    'Redis in trouble is tested where it would be felt': ['shared/cache/level-attempt.ts'],
    'its commands are counted at the public face': ['shared/cache/value-reader.ts'],
  },
  'test/shared/cache/face.test.ts': {
    'its walk shows at purgePattern': ['shared/cache/value-finder.ts'],
  },
  'test/shared/cache/get-or-load.test.ts': {
    'what goes on behind an answer shows at flush and waitUntil': ['shared/cache/background.ts'],
    'timeouts and back-off show at the whole load': ['shared/cache/loading.ts'],
    'its outcomes show at the whole load': ['shared/cache/reload.ts'],
    'a purge while the loader runs is the test': ['shared/cache/value-binding.ts'],
  },
  'test/shared/cache/input.test.ts': {
    'what it plans and refuses shows at the public face': ['shared/cache/store-request.ts'],
  },
  'test/shared/cache/lease.test.ts': {
    'a lease without a load under it means nothing': ['shared/cache/leased.ts'],
  },
  'test/shared/cache/levels.test.ts': {
    'a part of the two levels, which is tested as they are': [
      'shared/cache/levels-purge.ts',
      'shared/cache/look.ts',
    ],
  },
  'test/shared/cache/value-form.test.ts': {
    'the fast path is right when values come back as they went in': ['shared/cache/plain-json.ts'],
    'the slow path is right when values come back as they went in': ['shared/cache/rich-json.ts'],
  },
  'test/shared/cdn/analytics/price.test.ts': {
    'a port, and one sum': ['shared/cdn/analytics/cdn-use.ts'],
    data: ['shared/cdn/analytics/rates.ts'],
  },
  'test/shared/cdn/carry-out/killed.test.ts': {
    'what is kept shows when a process is killed': ['shared/cdn/progress.ts', 'shared/cdn/redis-progress.ts'],
  },
  'test/shared/cdn/pace/redis-pacer.test.ts': {
    'a script: only a Redis can run it': ['shared/cdn/pace/take-tokens.lua.ts'],
  },
  'test/shared/cdn/plan/plan-invalidation.test.ts': {
    'a step of the plan, which is judged as a whole': [
      'shared/cdn/plan/chunk.ts',
      'shared/cdn/plan/collapse.ts',
      'shared/cdn/plan/fold.ts',
      'shared/cdn/plan/place-of.ts',
      'shared/cdn/plan/refusals.ts',
    ],
    'types, and the list of the kinds there are': ['shared/cdn/capabilities.ts'],
    'what tells targets apart shows in what is folded': ['shared/cdn/target.ts'],
    'figures: the fakes hold calls to the vendors’ own': ['shared/cdn/providers/limits.ts'],
  },
  'test/shared/cdn/providers/vendor-call.test.ts': {
    'what it reads shows in what becomes of any answer': ['shared/cdn/providers/read-answer.ts'],
  },
  'test/shared/cdn/tag-index/redis-tag-index.test.ts': {
    'a script: only a Redis can run it': ['shared/cdn/tag-index/add-url.lua.ts'],
  },
  'test/shared/cdn/tokens/get-token.test.ts': {
    'its tokens are tested beside those of the others': [
      'shared/cdn/tokens/azure.ts',
      'shared/cdn/tokens/google.ts',
      'shared/cdn/tokens/request-token.ts',
    ],
  },
  'test/shared/client/call.test.ts': {
    'what it makes of an answer shows at a call': ['shared/client/api-error.ts'],
    'names calls, which are tested as such': [
      'shared/client/cache-calls.ts',
      'shared/client/performance-calls.ts',
    ],
    'puts calls together, which are tested as such': ['shared/client/client.ts'],
  },
  'test/shared/config/config.test.ts': {
    'a part of the configuration': ['shared/cdn/settings-schema.ts'],
  },
  'test/shared/images/plan/plan-picture.test.ts': {
    'a step of planning, where it shows': [
      'shared/images/plan/encoding.ts',
      'shared/images/plan/source-facts.ts',
    ],
  },
  'test/shared/images/request/parse-request.test.ts': {
    'lists of words; reading them is the test': ['shared/images/options.ts'],
    'a table; its codes show where they are given': ['shared/images/refusal.ts'],
    'the canonical form shows at the whole grammar': ['shared/images/request/format-request.ts'],
    'a part of the grammar, which is tested as it is': [
      'shared/images/request/ipx-form.ts',
      'shared/images/request/parse-options.ts',
      'shared/images/request/source-key.ts',
      'shared/images/request/words.ts',
    ],
  },
  'test/shared/images/resolve/resolve.test.ts': {
    'the defaults, as data': ['shared/images/settings.ts'],
    'a step of resolving, where it shows': [
      'shared/images/resolve/ladder.ts',
      'shared/images/resolve/presets.ts',
    ],
  },
  'test/shared/jobs/door/jobs.test.ts': {
    'a port, its errors and its bounds': ['shared/jobs/payload-store.ts'],
    'a port and its error': ['shared/jobs/job-scheduler.ts'],
    'sums of durations; that nothing is looked at too early or never is the test': ['shared/jobs/watch.ts'],
    'the door is tested as it is': ['shared/jobs/door/create-jobs.ts', 'shared/jobs/door/enqueue.ts'],
    'which way a message goes shows at queue and scheduler': ['shared/jobs/door/dispatch.ts'],
    'what is refused, and why, shows at the door': ['shared/jobs/door/new-job.ts'],
    'nothing to rescue without something lost': ['shared/jobs/door/rescue.ts'],
  },
  'test/shared/jobs/store/create-many.test.ts': {
    'a script means nothing without who calls it; the contract runs it by both tiers of Redis': [
      'shared/jobs/store/create.lua.ts',
    ],
  },
  'test/shared/jobs/worker/postponed.test.ts': {
    'what a task throws; what becomes of it is the worker’s': ['shared/jobs/postponed.ts'],
  },
  'test/shared/jobs/worker/worker.test.ts': {
    'time, signal and payload show at the whole worker': ['shared/jobs/worker/attempt.ts'],
    'every outcome is a row that the worker leaves': ['shared/jobs/worker/decide-outcome.ts'],
    'what a task may rely on is tested with a task': ['shared/jobs/worker/effects.ts'],
    'one message of the worker’s batch': ['shared/jobs/worker/handle.ts'],
    'what is written, and when, shows at the row': ['shared/jobs/worker/progress.ts'],
    'that a cancelled job sees its signal is the test': ['shared/jobs/worker/pulse.ts'],
    'a result is right when its row shows it': ['shared/jobs/worker/result.ts'],
    'what becomes of messages shows at the queue': ['shared/jobs/worker/settle.ts'],
    'an error and its code': ['shared/jobs/permanent-error.ts'],
    'a port and its error': ['shared/jobs/once.ts'],
  },
  'test/shared/monitoring/alerts/evaluate.test.ts': {
    'it shows in what is evaluated': [
      'shared/monitoring/alerts/datapoint.ts',
      'shared/monitoring/alerts/measured.ts',
      'shared/monitoring/alerts/measures.ts',
      'shared/monitoring/alerts/rule.ts',
      'shared/monitoring/alerts/rules-of-backend.ts',
      'shared/monitoring/alerts/rules-of-traffic.ts',
      'shared/monitoring/alerts/rules.ts',
      'shared/monitoring/alerts/signal.ts',
    ],
  },
  'test/shared/monitoring/publishing/publish.test.ts': {
    'it shows in what arrives': [
      'shared/monitoring/publishing/begin-batch.lua.ts',
      'shared/monitoring/publishing/cloudwatch-sink.ts',
      'shared/monitoring/publishing/delta.ts',
      'shared/monitoring/publishing/limits.ts',
      'shared/monitoring/publishing/metric-data.ts',
      'shared/monitoring/publishing/redis-publishing-store.ts',
      'shared/monitoring/publishing/settle-batch.lua.ts',
    ],
  },
  'test/shared/monitoring/watching/watch.test.ts': {
    'what is seen shows in what is counted': ['shared/monitoring/watching/observe.ts'],
    'what is remembered shows in what is told': ['shared/monitoring/watching/watch-state.ts'],
    'a script: two who write at once show it': ['shared/monitoring/watching/write-state.lua.ts'],
  },
  'test/shared/publishing/asset-key.test.ts': {
    'a path is a key, written otherwise': ['shared/publishing/asset-path.ts'],
  },
  'test/shared/publishing/content-type.test.ts': {
    'what runs stands beside what does not': ['shared/publishing/active-type.ts'],
  },
  'test/shared/publishing/plan-publish.test.ts': {
    'two constants, and which holds when': ['shared/publishing/cache-control.ts'],
    'a part of the plan': ['shared/publishing/changed-urls.ts'],
    'what the plan is made against': ['shared/publishing/manifest.ts'],
    'numbers, held to the limits': ['shared/publishing/part-size.ts'],
    'names and numbers of forms': ['shared/publishing/text-variants.ts'],
  },
  'test/shared/query-optimizer/advise/trim.test.ts': {
    'a step of the analysis: it shows in the report': ['shared/query-optimizer/advise/shrink.ts'],
  },
  'test/shared/query-optimizer/analyze.test.ts': {
    'a step of the analysis: it shows in the report': [
      'shared/query-optimizer/advise/advise.ts',
      'shared/query-optimizer/advise/frontier.ts',
      'shared/query-optimizer/advise/singles.ts',
      'shared/query-optimizer/report/build.ts',
      'shared/query-optimizer/report/summary.ts',
      'shared/query-optimizer/report/confidence.ts',
      'shared/query-optimizer/report/connections.ts',
      'shared/query-optimizer/report/markdown.ts',
      'shared/query-optimizer/report/migration-input.ts',
      'shared/query-optimizer/report/proof.ts',
      'shared/query-optimizer/report/schema.ts',
      'shared/query-optimizer/report/trigram-note.ts',
      'shared/query-optimizer/workload/carriers.ts',
      'shared/query-optimizer/workload/open-workload.ts',
    ],
    'a planner that does not open or is lost shows in the analysis': [
      'shared/query-optimizer/planning/with-planner.ts',
    ],
  },
  'test/shared/query-optimizer/candidates/candidates.test.ts': {
    'a kind of candidate, or what decides it: it shows in those that are found': [
      'shared/query-optimizer/candidates/brin.ts',
      'shared/query-optimizer/candidates/btree.ts',
      'shared/query-optimizer/candidates/column-facts.ts',
      'shared/query-optimizer/candidates/existing.ts',
      'shared/query-optimizer/candidates/gin.ts',
      'shared/query-optimizer/candidates/key-sets.ts',
      'shared/query-optimizer/candidates/partial.ts',
      'shared/query-optimizer/candidates/sequences.ts',
    ],
  },
  'test/shared/query-optimizer/findings/dispensable.test.ts': {
    'what it asks the planner shows in what can be dropped': [
      'shared/query-optimizer/findings/prove-redundant.ts',
    ],
  },
  'test/shared/query-optimizer/findings/unused.test.ts': {
    'a family shows in what can be dropped': ['shared/query-optimizer/findings/index-families.ts'],
  },
  'test/shared/query-optimizer/migration/migration.test.ts': {
    'what it makes stands in the migration': [
      'shared/query-optimizer/migration/create.ts',
      'shared/query-optimizer/migration/name-index.ts',
    ],
  },
  'test/shared/query-optimizer/planning/built-planner.test.ts': {
    'types, and the errors that go with them': [
      'shared/query-optimizer/planner.ts',
      'shared/query-optimizer/session.ts',
    ],
  },
  'test/shared/query-optimizer/search/search.test.ts': {
    'a step of the search: it shows in what is chosen': [
      'shared/query-optimizer/search/choose.ts',
      'shared/query-optimizer/search/deadline.ts',
      'shared/query-optimizer/search/explore.ts',
      'shared/query-optimizer/search/extend.ts',
      'shared/query-optimizer/search/greedy.ts',
      'shared/query-optimizer/search/improve.ts',
      'shared/query-optimizer/search/model.ts',
      'shared/query-optimizer/search/price-out.ts',
      'shared/query-optimizer/search/relevance.ts',
    ],
  },
  'test/shared/query-optimizer/sizes/built.test.ts': {
    'held against sizes of built indexes, all kinds together': [
      'shared/query-optimizer/sizes/btree.ts',
      'shared/query-optimizer/sizes/index-shape.ts',
      'shared/query-optimizer/sizes/leaf-room.ts',
      'shared/query-optimizer/sizes/other-methods.ts',
      'shared/query-optimizer/sizes/posting-lists.ts',
    ],
  },
  'test/shared/query-optimizer/snapshot-file.test.ts': {
    'what it refuses shows in which files are read': ['shared/query-optimizer/snapshot-schema.ts'],
  },
  'test/shared/query-optimizer/sql/understand.test.ts': {
    'a step of reading a statement: it shows in what was understood': [
      'shared/query-optimizer/sql/catalogue.ts',
      'shared/query-optimizer/sql/comparisons.ts',
      'shared/query-optimizer/sql/conditions.ts',
      'shared/query-optimizer/sql/expression-key.ts',
      'shared/query-optimizer/sql/expressions.ts',
      'shared/query-optimizer/sql/from.ts',
      'shared/query-optimizer/sql/lasting-condition.ts',
      'shared/query-optimizer/sql/order.ts',
      'shared/query-optimizer/sql/scope.ts',
      'shared/query-optimizer/sql/select.ts',
      'shared/query-optimizer/sql/tree.ts',
      'shared/query-optimizer/sql/use.ts',
      'shared/query-optimizer/sql/writes.ts',
    ],
    'what it reads shows in what was understood': ['functions/adapters/sql-parser/libpg-query.ts'],
  },
  'test/shared/query-optimizer/workload/likely-values.test.ts': {
    'what it finds stands in the statement': ['shared/query-optimizer/workload/likely-ranges.ts'],
  },
  'test/shared/redis/upstash-requester.test.ts': {
    'the Requester is its only user': ['shared/redis/upstash-transaction.ts'],
  },
  'test/shared/redis/upstash.test.ts': {
    'tries and tokens show at the port': ['shared/redis/upstash-connection.ts'],
  },
  'test/shared/scaling/evaluate.test.ts': {
    'rules show in what is decided by them': ['shared/scaling/rule.ts'],
  },
  'test/shared/scaling/targets.test.ts': {
    'what it refuses shows at the configuration': ['shared/config/scaling-schema.ts'],
  },
};

export interface Listed {
  readonly path: string;
  /** The test that runs it. */
  readonly by: string;
}

export const TESTED_ELSEWHERE: readonly Listed[] = Object.entries(RUN_BY).flatMap(([by, reasons]) =>
  Object.values(reasons).flatMap(modules => modules.map(path => ({ path, by }))),
);
