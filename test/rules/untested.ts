/**
 * Modules without a test at their own path, each with the reason. Modules of types need none and are not listed; what
 * infra/local starts is tested from outside, by starting it.
 *
 * Shape   module -> the test that runs it
 */

export const TESTED_ELSEWHERE: Readonly<Record<string, { readonly by: string; readonly because: string }>> = {
  'edge/index.ts': {
    by: 'test/flows/miss-and-hit.test.ts',
    because: 'the composition root: it wires, and runs in workerd only',
  },
  'edge/adapters/body-pipe.ts': {
    by: 'test/flows/passing.test.ts',
    because: 'its streams are workerd’s own',
  },
  'edge/adapters/upstream.ts': {
    by: 'test/flows/hosts.test.ts',
    because: 'what it asks of fetch only workerd does',
  },
  'edge/dashboard/texts.ts': {
    by: 'test/flows/dashboard.test.ts',
    because: 'static files as text: what bundles the Worker reads them, and nothing else does',
  },
  'edge/hono/app-origin.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/hono/app-plan.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/hono/http-cache.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'it wires what has tests of its own',
  },
  'edge/hono/index.ts': {
    by: 'test/flows/hono.test.ts',
    because: 'names what others export',
  },
  'edge/hono/respond.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/images/connect-images.ts': {
    by: 'test/flows/images.test.ts',
    because: 'it wires what has tests of its own',
  },
  'edge/images/make-variant.ts': {
    by: 'test/edge/api/image-variants.test.ts',
    because: 'what it makes shows in the manifest',
  },
  'edge/images/not-set-up.ts': {
    by: 'test/edge/api/image-variants.test.ts',
    because: 'what is said shows where it is answered',
  },
  'edge/proxy/account.ts': {
    by: 'test/edge/proxy/answered.test.ts',
    because: 'what is noted is what is told',
  },
  'edge/proxy/carry-out.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'the second half of the handler; every decision is carried out there',
  },
  'edge/proxy/keeping/keep-freshened.ts': {
    by: 'test/flows/rfc/stored-fields.test.ts',
    because: 'what a 304 changes shows in the next answer',
  },
  'edge/proxy/keeping/keeping.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'writes what its callers decide, with the cache in hand',
  },
  'edge/proxy/keeping/keep.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'acts on what keepable.ts decides, with the cache and a clock in hand',
  },
  'edge/proxy/loading/load.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'its outcomes show at the whole proxy',
  },
  'edge/proxy/pass.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'its outcomes show at the whole proxy',
  },
  'edge/adapters/body-codecs.ts': {
    by: 'test/contracts/body-codec.test.ts',
    because: 'an adapter of the codec port; what it promises is the contract',
  },
  'edge/cache.ts': {
    by: 'test/functions/cache.test.ts',
    because: 'the door in a Worker stands beside the one in Node, on one Redis',
  },
  'shared/cache/public.ts': {
    by: 'test/functions/cache.test.ts',
    because: 'a list of names; both doors hand it on',
  },
  'shared/cache/runtime.ts': {
    by: 'test/functions/cache.test.ts',
    because: 'what a runtime gives is there at its door',
  },
  'functions/adapters/body-codecs.ts': {
    by: 'test/contracts/body-codec.test.ts',
    because: 'an adapter of the codec port; what it promises is the contract',
  },
  'functions/adapters/undici-redis.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'an adapter of the Redis port; what it promises is the contract',
  },
  'infra/bundle.ts': {
    by: 'test/infra/constructs/function-code.test.ts',
    because: 'plain data; bundling with it is the test',
  },
  'infra/topology.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'plain data; the template is held to it',
  },
  'shared/api/cdn-figures.ts': {
    by: 'test/edge/api/cdn-figures.test.ts',
    because: 'a schema; the route is held to it',
  },
  'shared/api/outbox.ts': {
    by: 'test/flows/outbox.test.ts',
    because: 'schemas; what the routes answer reaches the client through them',
  },
  'shared/api/routes-of-outbox.ts': {
    by: 'test/shared/api/openapi.test.ts',
    because: 'part of the table, which is tested as a whole',
  },
  'shared/cdn/analytics/cdn-use.ts': {
    by: 'test/shared/cdn/analytics/price.test.ts',
    because: 'a port, and one sum',
  },
  'shared/cdn/analytics/rates.ts': {
    by: 'test/shared/cdn/analytics/price.test.ts',
    because: 'data',
  },
  'shared/client/outbox-calls.ts': {
    by: 'test/flows/outbox.test.ts',
    because: 'calls by name, asked of a real edge',
  },
  'functions/measure-cdns/handler.ts': {
    by: 'test/flows/cdn-figures.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'shared/api/cache.ts': {
    by: 'test/edge/api/purge-order.test.ts',
    because: 'what it takes and refuses shows at the route',
  },
  'edge/adapters/s3-payloads.ts': {
    by: 'test/contracts/payload-store.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'edge/api/jobs/job-response.ts': {
    by: 'test/edge/api/jobs/enqueue.test.ts',
    because: 'shows in every answer',
  },
  'edge/api/jobs/problems.ts': {
    by: 'test/edge/api/jobs/enqueue.test.ts',
    because: 'a sentence for each way of saying no, and each way is tested at its route',
  },
  'shared/api/jobs.ts': {
    by: 'test/edge/api/jobs/enqueue.test.ts',
    because: 'what it takes and refuses shows at the routes',
  },
  'shared/api/images.ts': {
    by: 'test/edge/api/image-variants.test.ts',
    because: 'what it takes and refuses shows at the route',
  },
  'shared/api/routes-of-images.ts': {
    by: 'test/shared/api/openapi.test.ts',
    because: 'a table that the document is made of',
  },
  'shared/api/routes-of-jobs.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'shared/jobs/job-queue.ts': {
    by: 'test/contracts/job-queue.test.ts',
    because: 'a port; who promises to keep it is tested there',
  },
  'shared/api/openapi-operation.ts': {
    by: 'test/shared/api/openapi.test.ts',
    because: 'its operations are parts of the document',
  },
  'shared/api/problem.ts': {
    by: 'test/shared/api/openapi.test.ts',
    because: 'shows in the document',
  },
  'shared/api/route.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'the words of the table that the rule compares',
  },
  'shared/api/routes.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'shared/api/routes-of-cache.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'shared/api/routes-of-documents.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'shared/api/routes-of-performance.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'shared/aws/aws-errors.ts': {
    by: 'test/shared/aws/json-call.test.ts',
    because: 'which of the two it is, is the test',
  },
  'shared/jobs/sqs/queue.ts': {
    by: 'test/contracts/job-queue.test.ts',
    because: 'an adapter of the port; what it promises is the contract, over both ways to SQS',
  },
  'shared/cache/background.ts': {
    by: 'test/shared/cache/get-or-load.test.ts',
    because: 'what goes on behind an answer shows at flush and waitUntil',
  },
  'shared/cache/leased.ts': {
    by: 'test/shared/cache/lease.test.ts',
    because: 'a lease without a load under it means nothing',
  },
  'shared/cache/level-attempt.ts': {
    by: 'test/shared/cache/cache.test.ts',
    because: 'Redis in trouble is tested where it would be felt',
  },
  'shared/cache/loading.ts': {
    by: 'test/shared/cache/get-or-load.test.ts',
    because: 'timeouts and back-off show at the whole load',
  },
  'shared/cache/reload.ts': {
    by: 'test/shared/cache/get-or-load.test.ts',
    because: 'its outcomes show at the whole load',
  },
  'shared/cache/plain-json.ts': {
    by: 'test/shared/cache/value-form.test.ts',
    because: 'the fast path is right when values come back as they went in',
  },
  'shared/cache/rich-json.ts': {
    by: 'test/shared/cache/value-form.test.ts',
    because: 'the slow path is right when values come back as they went in',
  },
  'shared/cache/store-request.ts': {
    by: 'test/shared/cache/input.test.ts',
    because: 'what it plans and refuses shows at the public face',
  },
  'shared/cache/value-binding.ts': {
    by: 'test/shared/cache/get-or-load.test.ts',
    because: 'a purge while the loader runs is the test',
  },
  'shared/cache/value-commands.ts': {
    by: 'test/contracts/cache.test.ts',
    because: 'how commands travel shows at a Redis',
  },
  'shared/cache/value-finder.ts': {
    by: 'test/shared/cache/face.test.ts',
    because: 'its walk shows at purgePattern',
  },
  'shared/cache/value-reader.ts': {
    by: 'test/shared/cache/cache.test.ts',
    because: 'its commands are counted at the public face',
  },
  'shared/cache/value-removals.ts': {
    by: 'test/shared/cache/cache-interleavings.test.ts',
    because: 'that a removal wins is the property',
  },
  'shared/cache/value-writes.ts': {
    by: 'test/shared/cache/cache-interleavings.test.ts',
    because: 'that a write is never undone is the property',
  },
  'shared/cache/value-levels.ts': {
    by: 'test/shared/cache/cache-interleavings.test.ts',
    because: 'two levels are right when no order of events shows them',
  },
  'shared/cache/value-scripts.lua.ts': {
    by: 'test/contracts/cache.test.ts',
    because: 'run by both tiers of Redis',
  },
  'shared/cache/value-store.ts': {
    by: 'test/contracts/cache.test.ts',
    because: 'run on both tiers of Redis, without memory in front too',
  },
  'shared/client/api-error.ts': {
    by: 'test/shared/client/call.test.ts',
    because: 'what it makes of an answer shows at a call',
  },
  'shared/client/cache-calls.ts': {
    by: 'test/shared/client/call.test.ts',
    because: 'names calls, which are tested as such',
  },
  'shared/client/client.ts': {
    by: 'test/shared/client/call.test.ts',
    because: 'puts calls together, which are tested as such',
  },
  'shared/client/performance-calls.ts': {
    by: 'test/shared/client/call.test.ts',
    because: 'names calls, which are tested as such',
  },
  'shared/redis/http-send.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'what fetch makes of a post shows in the contract',
  },
  'shared/redis/upstash-connection.ts': {
    by: 'test/shared/redis/upstash.test.ts',
    because: 'tries and tokens show at the port',
  },
  'shared/redis/upstash-transaction.ts': {
    by: 'test/shared/redis/upstash-requester.test.ts',
    because: 'the Requester is its only user',
  },
  'shared/cache/levels-purge.ts': {
    by: 'test/shared/cache/levels.test.ts',
    because: 'a part of the two levels, which is tested as they are',
  },
  'shared/cache/look.ts': {
    by: 'test/shared/cache/levels.test.ts',
    because: 'a part of the two levels, which is tested as they are',
  },
  'shared/redis/redis.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'a port and its two errors; what they promise is the contract',
  },
  'shared/jobs/job.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'names, and which states are the end',
  },
  'shared/jobs/store/job-keys.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'names of keys, seen from Redis alone',
  },
  'shared/jobs/store/job-lists.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'a part of the store; what it promises is the contract',
  },
  'shared/jobs/store/move.lua.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'run by both tiers of Redis',
  },
  'shared/jobs/store/redis-job-store.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'shared/jobs/store/replies.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'reads what the scripts answer, and is right where the contract holds',
  },
  'shared/jobs/store/row.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'reads what the scripts wrote, and is right where the contract holds',
  },
  'shared/jobs/store/run-many.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'a pipeline of scripts means nothing without a Redis that may forget them',
  },
  'shared/jobs/store/create.lua.ts': {
    by: 'test/shared/jobs/store/create-many.test.ts',
    because: 'a script means nothing without who calls it; the contract runs it by both tiers of Redis',
  },
  'shared/jobs/store/scripts.lua.ts': {
    by: 'test/contracts/job-store.test.ts',
    because: 'run by both tiers of Redis',
  },
  'shared/monitoring/add-batch.lua.ts': {
    by: 'test/contracts/metrics-store.test.ts',
    because: 'run by both tiers of Redis',
  },
  'shared/monitoring/metrics-store.ts': {
    by: 'test/contracts/metrics-store.test.ts',
    because: 'a port and its bounds; what it promises is the contract',
  },
  'shared/api/performance-figures.ts': {
    by: 'test/shared/api/performance.test.ts',
    because: 'parts of the schemas that stand there whole',
  },
  'shared/images/options.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'lists of words; reading them is the test',
  },
  'shared/images/refusal.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'a table; its codes show where they are given',
  },
  'shared/images/settings.ts': {
    by: 'test/shared/images/resolve/resolve.test.ts',
    because: 'the defaults, as data',
  },
  'shared/images/request/format-request.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'the canonical form shows at the whole grammar',
  },
  'shared/images/request/ipx-form.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'a part of the grammar, which is tested as it is',
  },
  'shared/images/request/parse-options.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'a part of the grammar, which is tested as it is',
  },
  'shared/images/request/source-key.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'a part of the grammar, which is tested as it is',
  },
  'shared/images/request/words.ts': {
    by: 'test/shared/images/request/parse-request.test.ts',
    because: 'a part of the grammar, which is tested as it is',
  },
  'shared/images/resolve/ladder.ts': {
    by: 'test/shared/images/resolve/resolve.test.ts',
    because: 'a step of resolving, where it shows',
  },
  'shared/images/resolve/presets.ts': {
    by: 'test/shared/images/resolve/resolve.test.ts',
    because: 'a step of resolving, where it shows',
  },
  'shared/images/plan/encoding.ts': {
    by: 'test/shared/images/plan/plan-picture.test.ts',
    because: 'a step of planning, where it shows',
  },
  'shared/images/plan/source-facts.ts': {
    by: 'test/shared/images/plan/plan-picture.test.ts',
    because: 'a step of planning, where it shows',
  },
  'shared/jobs/worker/attempt.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'time, signal and payload show at the whole worker',
  },
  'shared/jobs/worker/decide-outcome.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'every outcome is a row that the worker leaves',
  },
  'shared/jobs/worker/effects.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'what a task may rely on is tested with a task',
  },
  'shared/jobs/worker/handle.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'one message of the worker’s batch',
  },
  'shared/jobs/worker/progress.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'what is written, and when, shows at the row',
  },
  'shared/jobs/worker/pulse.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'that a cancelled job sees its signal is the test',
  },
  'shared/jobs/worker/result.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'a result is right when its row shows it',
  },
  'shared/jobs/worker/settle.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'what becomes of messages shows at the queue',
  },
  'shared/jobs/permanent-error.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'an error and its code',
  },
  'shared/jobs/once.ts': {
    by: 'test/shared/jobs/worker/worker.test.ts',
    because: 'a port and its error',
  },
  'shared/jobs/payload-store.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'a port, its errors and its bounds',
  },
  'shared/jobs/job-scheduler.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'a port and its error',
  },
  'shared/jobs/watch.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'sums of durations; that nothing is looked at too early or never is the test',
  },
  'shared/jobs/door/create-jobs.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'the door is tested as it is',
  },
  'shared/jobs/door/dispatch.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'which way a message goes shows at queue and scheduler',
  },
  'shared/jobs/door/enqueue.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'the door is tested as it is',
  },
  'shared/jobs/door/new-job.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'what is refused, and why, shows at the door',
  },
  'shared/jobs/door/rescue.ts': {
    by: 'test/shared/jobs/door/jobs.test.ts',
    because: 'nothing to rescue without something lost',
  },
  'infra/constructs/acknowledge.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'that an acknowledgement names one finding shows where templates are drawn',
  },
  'infra/constructs/bucket-events.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'what is told of a bucket is held to the topology',
  },
  'infra/constructs/deployed-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'the names are held to the topology',
  },
  'infra/constructs/missed-runs.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'what is kept of schedules is held to the topology',
  },
  'infra/stack-of.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'where each part stands is held to the topology',
  },
  'infra/stacks/analysis-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/stacks/images-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/stacks/jobs-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/stacks/parts.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/stacks/monitoring-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/stacks/delivery-stack.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'templates and topology are compared as a whole',
  },
  'infra/deployment-settings.ts': {
    by: 'test/infra/deployment.test.ts',
    because: 'a table: each setting is given wrongly in turn',
  },
  'infra/constructs/cloudfront-access.ts': {
    by: 'test/infra/stacks/delivery.test.ts',
    because: 'who may ask shows in the template',
  },
  'infra/constructs/distribution.ts': {
    by: 'test/infra/stacks/delivery.test.ts',
    because: 'the distribution is looked at as it is drawn',
  },
  'infra/constructs/edge-function.ts': {
    by: 'test/infra/stacks/delivery.test.ts',
    because: 'its role and version show in the template',
  },
  'infra/constructs/picture-policies.ts': {
    by: 'test/flows/cloudfront.test.ts',
    because: 'what is kept and said shows at the answers',
  },
  'infra/constructs/name-variant-code.ts': {
    by: 'test/flows/cloudfront.test.ts',
    because: 'the bundle is what runs there',
  },
  'infra/constructs/tidy-request-code.ts': {
    by: 'test/functions/tidy-request/handler.test.ts',
    because: 'the code is what runs there',
  },
  'functions/name-variant/handler.ts': {
    by: 'test/flows/cloudfront.test.ts',
    because: 'the composition root: it wires, and runs as a bundle',
  },
  'functions/forget-variants/handler.ts': {
    by: 'test/flows/cloudfront.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'infra/constructs/cron-entry.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'what is drawn of a cron entry is held to the topology',
  },
  'infra/constructs/job-services.ts': {
    by: 'test/infra/draw-stacks.test.ts',
    because: 'what the functions of the jobs share shows in the template',
  },
  'functions/adapters/sharp/carry-out.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'a part of the engine, which is looked at pixel by pixel',
  },
  'functions/adapters/sharp/describe.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'a part of the engine, which is looked at pixel by pixel',
  },
  'functions/adapters/sharp/encode.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'a part of the engine, which is looked at pixel by pixel',
  },
  'functions/adapters/sharp/failures.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'what errors mean shows on damaged sources',
  },
  'functions/adapters/sharp/open.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'a part of the engine, which is looked at pixel by pixel',
  },
  'functions/adapters/sharp/overlay.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'a part of the engine, which is looked at pixel by pixel',
  },
  'functions/adapters/sharp/sharp-order.ts': {
    by: 'test/functions/adapters/sharp/sharp-engine.test.ts',
    because: 'whether two orders mean the same, pixels tell',
  },
  'functions/adapters/image-stores/any-source.ts': {
    by: 'test/flows/image-function.test.ts',
    because: 'keys and addresses both go through it',
  },
  'functions/adapters/image-stores/fetch-checked.ts': {
    by: 'test/functions/adapters/image-stores/remote-sources.test.ts',
    because: 'its only user',
  },
  'functions/adapters/image-stores/read-whole.ts': {
    by: 'test/functions/adapters/image-stores/s3.test.ts',
    because: 'its bounds show at the stores',
  },
  'functions/adapters/image-stores/s3-sources.ts': {
    by: 'test/functions/adapters/image-stores/s3.test.ts',
    because: 'both stores of S3 stand in one test',
  },
  'functions/adapters/image-stores/s3-variants.ts': {
    by: 'test/functions/adapters/image-stores/s3.test.ts',
    because: 'both stores of S3 stand in one test',
  },
  'functions/optimize-image/handler.ts': {
    by: 'test/flows/image-function.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'functions/optimize-image/words.ts': {
    by: 'test/functions/optimize-image/answer.test.ts',
    because: 'the answers show where they are given',
  },
  'functions/adapters/jobs/event-bridge-scheduler.ts': {
    by: 'test/contracts/job-scheduler.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'functions/adapters/jobs/jobs-access.ts': {
    by: 'test/flows/process-jobs.test.ts',
    because: 'reads the environment of a function that runs',
  },
  'functions/adapters/jobs/open-jobs.ts': {
    by: 'test/flows/process-jobs.test.ts',
    because: 'it wires what has tests of its own',
  },
  'functions/adapters/jobs/postgres-once.ts': {
    by: 'test/contracts/once-store.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'functions/adapters/jobs/s3-payloads.ts': {
    by: 'test/flows/process-jobs.test.ts',
    because: 'a large payload goes in at one end and comes out at the other',
  },
  'functions/analyze-queries/handler.ts': {
    by: 'test/flows/analyze-queries.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'functions/analyze-queries/analysis-task.ts': {
    by: 'test/flows/analyze-queries.test.ts',
    because: 'run as a job: what it gives back and why it fails stand in the row',
  },
  'functions/analyze-queries/analysis-store.ts': {
    by: 'test/flows/analyze-queries.test.ts',
    because: 'run on the local S3, with the night before read again',
  },
  'functions/analyze-queries/night.ts': {
    by: 'test/flows/analyze-queries.test.ts',
    because: 'run for two nights, on a database of its own',
  },
  'functions/process-jobs/handler.ts': {
    by: 'test/flows/process-jobs.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'functions/adapters/outbox/postgres-outbox.ts': {
    by: 'test/contracts/outbox.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'functions/drain-outbox/handler.ts': {
    by: 'test/flows/outbox.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'functions/watch-alerts/look-at-outbox.ts': {
    by: 'test/functions/watch-alerts/look.test.ts',
    because: 'one look of the function',
  },
  'shared/outbox/check-columns.ts': {
    by: 'test/contracts/outbox.test.ts',
    because: 'what a Postgres refuses by it',
  },
  'shared/outbox/migration.ts': {
    by: 'test/contracts/outbox.test.ts',
    because: 'what is written there only a Postgres can judge',
  },
  'shared/outbox/outbox-store.ts': { by: 'test/contracts/outbox.test.ts', because: 'a port' },
  'shared/outbox/shared-objects.ts': {
    by: 'test/contracts/outbox.test.ts',
    because: 'what is written there only a Postgres can judge',
  },
  'shared/outbox/trigger-function.ts': {
    by: 'test/contracts/outbox.test.ts',
    because: 'what is written there only a Postgres can judge',
  },
  'functions/tend-jobs/handler.ts': {
    by: 'test/flows/process-jobs.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'infra/specs.ts': {
    by: 'test/infra/check-topology.test.ts',
    because: 'types',
  },
  'edge/api/invalidation-order.ts': {
    by: 'test/edge/api/invalidate.test.ts',
    because: 'what it makes is what the route enqueues',
  },
  'edge/connect-cache.ts': {
    by: 'test/flows/miss-and-hit.test.ts',
    because: 'it wires what has tests of its own',
  },
  'functions/adapters/jobs/jobs-handler.ts': {
    by: 'test/flows/invalidate-cdn.test.ts',
    because: 'it wires what a function that does jobs is made of, and runs in the runtime',
  },
  'functions/invalidate-cdn/handler.ts': {
    by: 'test/flows/invalidate-cdn.test.ts',
    because: 'the composition root: it wires, and runs in the runtime',
  },
  'shared/cdn/carry-out/apply-outcome.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/invalidate.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/parts.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/pending.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/plan-runs.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/report.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/run.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/send-plan.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/carry-out/verdict.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'a step of the job: what it does shows at the vendors and in the row',
  },
  'shared/cdn/plan/chunk.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/plan/collapse.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/plan/fold.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/plan/place-of.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/plan/refusals.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/plan/targets-of.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'a step of the plan, which is judged as a whole',
  },
  'shared/cdn/providers/read-answer.ts': {
    by: 'test/shared/cdn/providers/vendor-call.test.ts',
    because: 'what it reads shows in what becomes of any answer',
  },
  'shared/cdn/capabilities.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'types, and the list of the kinds there are',
  },
  'shared/cdn/target.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'what tells targets apart shows in what is folded',
  },
  'shared/cdn/pace/draws.ts': {
    by: 'test/functions/invalidate-cdn/invalidation-task.test.ts',
    because: 'what a call takes shows at the vendors’ rates',
  },
  'shared/cdn/pace/take-tokens.lua.ts': {
    by: 'test/shared/cdn/pace/redis-pacer.test.ts',
    because: 'a script: only a Redis can run it',
  },
  'shared/cdn/tag-index/add-url.lua.ts': {
    by: 'test/shared/cdn/tag-index/redis-tag-index.test.ts',
    because: 'a script: only a Redis can run it',
  },
  'shared/cdn/progress.ts': {
    by: 'test/shared/cdn/carry-out/killed.test.ts',
    because: 'what is kept shows when a process is killed',
  },
  'shared/cdn/redis-progress.ts': {
    by: 'test/shared/cdn/carry-out/killed.test.ts',
    because: 'what is kept shows when a process is killed',
  },
  'shared/cdn/providers/limits.ts': {
    by: 'test/shared/cdn/plan/plan-invalidation.test.ts',
    because: 'figures: the fakes hold calls to the vendors’ own',
  },
  'shared/cdn/settings-schema.ts': {
    by: 'test/shared/config/config.test.ts',
    because: 'a part of the configuration',
  },
  'shared/cdn/tokens/azure.ts': {
    by: 'test/shared/cdn/tokens/get-token.test.ts',
    because: 'its tokens are tested beside those of the others',
  },
  'shared/cdn/tokens/google.ts': {
    by: 'test/shared/cdn/tokens/get-token.test.ts',
    because: 'its tokens are tested beside those of the others',
  },
  'shared/cdn/tokens/request-token.ts': {
    by: 'test/shared/cdn/tokens/get-token.test.ts',
    because: 'its tokens are tested beside those of the others',
  },
  'shared/client/quote.ts': {
    by: 'test/flows/invalidate-cdn.test.ts',
    because: 'what it quotes is read by the edge',
  },
  'functions/adapters/asset-stores/s3-store.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'functions/adapters/asset-stores/s3-place.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'what is said of a file shows when it comes back',
  },
  'functions/adapters/asset-stores/s3-upload.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a large file is a part of the contract',
  },
  'functions/adapters/asset-stores/upload-notes.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a file that is gone on with was noted',
  },
  'functions/adapters/asset-stores/s3-failures.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'each failure is made, and told, in the contract',
  },
  'functions/adapters/asset-stores/words.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a sentence for each code',
  },
  'functions/adapters/asset-stores/azure-store.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'an adapter of the port; what it promises is the contract',
  },
  'functions/adapters/asset-stores/azure-request.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'who may ask, and how often, shows at the store',
  },
  'functions/adapters/asset-stores/azure-upload.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a large file is a part of the contract',
  },
  'functions/adapters/asset-stores/open-s3.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'it opens what the tests of publishing publish to',
  },
  'functions/publishing.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'the door; what is behind it is tested through it',
  },
  'functions/publishing/asset-body.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each kind of body is uploaded',
  },
  'functions/publishing/asset-changed.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'an error and its code',
  },
  'functions/publishing/byte-budget.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'without it nothing would begin, or all at once: the bench measures that',
  },
  'functions/publishing/check-asset.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'what is refused, and why, shows at the upload',
  },
  'functions/publishing/compress.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what was compressed is read again',
  },
  'functions/publishing/digests.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a wrong digest is refused by every store',
  },
  'functions/publishing/optimise-picture.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'pictures are looked at where they were stored',
  },
  'functions/publishing/part-buffers.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'large files share them',
  },
  'functions/publishing/prepare-whole.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what is stored is what was prepared',
  },
  'functions/publishing/publish-deps.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'it puts together what publishing works with',
  },
  'functions/publishing/published-manifest.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'a second run knows what the first one did',
  },
  'functions/publishing/read-folder.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what is published of a folder is what was read of it',
  },
  'functions/publishing/remove-gone.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what was removed is looked for',
  },
  'functions/publishing/scan-files.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what changed is what is sent',
  },
  'functions/publishing/send-file.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'each file of a folder goes through it',
  },
  'functions/publishing/send-large.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'a large stream is cut, sent, and gone on with',
  },
  'functions/publishing/send-steps.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'the order is what is stored when',
  },
  'functions/publishing/sizes.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'plain numbers',
  },
  'functions/publishing/sniff-type.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'the types of files show where they are stored',
  },
  'functions/publishing/sources.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each kind of body is read by it',
  },
  'functions/publishing/spool.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'a stream is called by its content',
  },
  'functions/publishing/store-asset.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'forms that are out of date are looked for',
  },
  'functions/publishing/treatment.ts': {
    by: 'test/functions/publishing/publish-folder.test.ts',
    because: 'what is said of files shows where they are stored',
  },
  'functions/publishing/minify/minify.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each language is made smaller',
  },
  'functions/publishing/minify/minify-code.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each language is made smaller',
  },
  'functions/publishing/minify/minify-html.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each language is made smaller',
  },
  'functions/publishing/minify/minify-json.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each language is made smaller',
  },
  'functions/publishing/minify/minify-svg.ts': {
    by: 'test/functions/publishing/upload-asset.test.ts',
    because: 'each language is made smaller',
  },
  'shared/publishing/active-type.ts': {
    by: 'test/shared/publishing/content-type.test.ts',
    because: 'what runs stands beside what does not',
  },
  'shared/publishing/asset-path.ts': {
    by: 'test/shared/publishing/asset-key.test.ts',
    because: 'a path is a key, written otherwise',
  },
  'shared/publishing/asset-store.ts': {
    by: 'test/contracts/asset-store.test.ts',
    because: 'a port, and its error',
  },
  'shared/publishing/cache-control.ts': {
    by: 'test/shared/publishing/plan-publish.test.ts',
    because: 'two constants, and which holds when',
  },
  'shared/publishing/changed-urls.ts': {
    by: 'test/shared/publishing/plan-publish.test.ts',
    because: 'a part of the plan',
  },
  'shared/publishing/manifest.ts': {
    by: 'test/shared/publishing/plan-publish.test.ts',
    because: 'what the plan is made against',
  },
  'shared/publishing/part-size.ts': {
    by: 'test/shared/publishing/plan-publish.test.ts',
    because: 'numbers, held to the limits',
  },
  'shared/publishing/text-variants.ts': {
    by: 'test/shared/publishing/plan-publish.test.ts',
    because: 'names and numbers of forms',
  },
  'shared/aws/presign.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'what is signed is sent by a browser to a bucket that checks it',
  },
  'shared/aws/datetime.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'a wrong instant is refused by whoever checks the signature',
  },
  'shared/api/assets.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'what it takes and refuses shows at the route',
  },
  'shared/api/routes-of-assets.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'a table, compared with what is served',
  },
  'edge/api/presign-asset.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'what it signs is used there',
  },
  'edge/assets/ask-bucket.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'what it asks of a bucket only a bucket answers',
  },
  'edge/assets/asset-response.ts': {
    by: 'test/flows/assets.test.ts',
    because: 'shows in every answer',
  },
  'functions/adapters/metrics-access.ts': {
    by: 'test/functions/publish-metrics/over-the-wire.test.ts',
    because: 'what it reads shows where it leads',
  },
  'functions/apply-scaling/auto-scaling.ts': {
    by: 'test/functions/apply-scaling/apply-scaling.test.ts',
    because: 'its calls show at the vendor it speaks to',
  },
  'functions/apply-scaling/handler.ts': {
    by: 'test/flows/watching.test.ts',
    because: 'the composition root: it reads the environment when it is loaded',
  },
  'functions/process-jobs/notifications-access.ts': {
    by: 'test/flows/watching.test.ts',
    because: 'it wires what has tests of its own',
  },
  'functions/process-jobs/tasks/notifications/requests.ts': {
    by: 'test/functions/process-jobs/tasks/notifications/task.test.ts',
    because: 'requests are read where they arrive',
  },
  'functions/process-jobs/tasks/notifications/targets.ts': {
    by: 'test/functions/process-jobs/tasks/notifications/task.test.ts',
    because: 'targets show in where notifications go',
  },
  'functions/publish-metrics/handler.ts': {
    by: 'test/flows/watching.test.ts',
    because: 'the composition root: it reads the environment when it is loaded',
  },
  'functions/watch-alerts/handler.ts': {
    by: 'test/flows/watching.test.ts',
    because: 'the composition root: it reads the environment when it is loaded',
  },
  'functions/watch-alerts/look-at-database.ts': {
    by: 'test/flows/watching.test.ts',
    because: 'what it asks only a database answers',
  },
  'functions/watch-alerts/look-at-health.ts': {
    by: 'test/functions/watch-alerts/look.test.ts',
    because: 'one of the looks',
  },
  'functions/watch-alerts/look-at-jobs.ts': {
    by: 'test/functions/watch-alerts/look.test.ts',
    because: 'one of the looks',
  },
  'functions/watch-alerts/look-at-redis.ts': {
    by: 'test/functions/watch-alerts/look.test.ts',
    because: 'one of the looks',
  },
  'infra/constructs/burn-rate-alarms.ts': {
    by: 'test/infra/constructs/alarms.test.ts',
    because: 'what is drawn of it is what is looked at',
  },
  'infra/constructs/edge-dashboard.ts': {
    by: 'test/infra/constructs/alarms.test.ts',
    because: 'what is drawn of it is what is looked at',
  },
  'infra/monitoring/cloudwatch-signal.ts': {
    by: 'test/infra/constructs/alarms.test.ts',
    because: 'what is drawn of it is what is looked at',
  },
  'infra/monitoring/grafana-dashboard.ts': {
    by: 'test/infra/dashboards/files.test.ts',
    because: 'what it makes is held to the files',
  },
  'infra/monitoring/prices.ts': {
    by: 'test/infra/monitoring/cost.test.ts',
    because: 'numbers, which show in the sums',
  },
  'infra/monitoring/prometheus-rules.ts': {
    by: 'test/infra/dashboards/files.test.ts',
    because: 'what it makes is held to the files',
  },
  'infra/monitoring/promql.ts': {
    by: 'test/infra/dashboards/files.test.ts',
    because: 'what it makes is held to the files',
  },
  'shared/api/alerts.ts': {
    by: 'test/edge/api/alerts.test.ts',
    because: 'the answers are read with it',
  },
  'shared/api/routes-of-alerts.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'the table is held to what is mounted',
  },
  'shared/api/routes-of-scaling.ts': {
    by: 'test/rules/api-routes.test.ts',
    because: 'the table is held to what is mounted',
  },
  'shared/api/scaling.ts': {
    by: 'test/edge/api/scaling.test.ts',
    because: 'the answers are read with it',
  },
  'shared/config/scaling-schema.ts': {
    by: 'test/shared/scaling/targets.test.ts',
    because: 'what it refuses shows at the configuration',
  },
  'shared/monitoring/alerts/datapoint.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/evaluate-objectives.ts': {
    by: 'test/edge/api/alerts.test.ts',
    because: 'what burns shows in the answer',
  },
  'shared/monitoring/alerts/measured.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/measures.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/message.ts': {
    by: 'test/functions/watch-alerts/tell-by-job.test.ts',
    because: 'messages are read where they are enqueued',
  },
  'shared/monitoring/alerts/objectives.ts': {
    by: 'test/infra/constructs/alarms.test.ts',
    because: 'each pair is held to what is drawn',
  },
  'shared/monitoring/alerts/panels.ts': {
    by: 'test/infra/dashboards/files.test.ts',
    because: 'panels are held to the files',
  },
  'shared/monitoring/alerts/presets.ts': {
    by: 'test/infra/monitoring/cost.test.ts',
    because: 'numbers, which show in the sums',
  },
  'shared/monitoring/alerts/rule.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/rules-of-backend.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/rules-of-traffic.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/rules.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/alerts/signal.ts': {
    by: 'test/shared/monitoring/alerts/evaluate.test.ts',
    because: 'it shows in what is evaluated',
  },
  'shared/monitoring/publishing/begin-batch.lua.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/cloudwatch-sink.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/delta.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/limits.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/metric-data.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/redis-publishing-store.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/publishing/settle-batch.lua.ts': {
    by: 'test/shared/monitoring/publishing/publish.test.ts',
    because: 'it shows in what arrives',
  },
  'shared/monitoring/watched.ts': {
    by: 'test/infra/dashboards/files.test.ts',
    because: 'the registry that PromQL is held to',
  },
  'shared/monitoring/watching/observe.ts': {
    by: 'test/shared/monitoring/watching/watch.test.ts',
    because: 'what is seen shows in what is counted',
  },
  'shared/monitoring/watching/watch-state.ts': {
    by: 'test/shared/monitoring/watching/watch.test.ts',
    because: 'what is remembered shows in what is told',
  },
  'shared/monitoring/watching/write-state.lua.ts': {
    by: 'test/shared/monitoring/watching/watch.test.ts',
    because: 'a script: two who write at once show it',
  },
  'shared/scaling/apply.ts': {
    by: 'test/functions/apply-scaling/apply-scaling.test.ts',
    because: 'what is decided shows in what AWS is told',
  },
  'shared/scaling/presets.ts': {
    by: 'test/infra/monitoring/cost.test.ts',
    because: 'numbers, which show in the sums',
  },
  'shared/scaling/rule.ts': {
    by: 'test/shared/scaling/evaluate.test.ts',
    because: 'rules show in what is decided by them',
  },
  'shared/scaling/store.ts': {
    by: 'test/edge/api/scaling.test.ts',
    because: 'what it keeps shows in the answers',
  },
  'shared/query-optimizer/sql/catalogue.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/comparisons.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/conditions.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/expression-key.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/expressions.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/from.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/lasting-condition.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/order.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/scope.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/select.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/tree.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/use.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/sql/writes.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'a step of reading a statement: it shows in what was understood',
  },
  'shared/query-optimizer/candidates/brin.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/btree.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/column-facts.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/existing.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/gin.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/key-sets.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/partial.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/candidates/sequences.ts': {
    by: 'test/shared/query-optimizer/candidates/candidates.test.ts',
    because: 'a kind of candidate, or what decides it: it shows in those that are found',
  },
  'shared/query-optimizer/search/choose.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/deadline.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/explore.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/extend.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/greedy.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/improve.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/model.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/price-out.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/search/relevance.ts': {
    by: 'test/shared/query-optimizer/search/search.test.ts',
    because: 'a step of the search: it shows in what is chosen',
  },
  'shared/query-optimizer/advise/advise.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/advise/shrink.ts': {
    by: 'test/shared/query-optimizer/advise/trim.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/advise/singles.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/findings/prove-redundant.ts': {
    by: 'test/shared/query-optimizer/findings/dispensable.test.ts',
    because: 'what it asks the planner shows in what can be dropped',
  },
  'shared/query-optimizer/findings/index-families.ts': {
    by: 'test/shared/query-optimizer/findings/unused.test.ts',
    because: 'a family shows in what can be dropped',
  },
  'shared/query-optimizer/planning/with-planner.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a planner that does not open or is lost shows in the analysis',
  },
  'shared/query-optimizer/workload/carriers.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/workload/open-workload.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/build.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/confidence.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/connections.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/markdown.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/migration-input.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/proof.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/schema.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/report/trigram-note.ts': {
    by: 'test/shared/query-optimizer/analyze.test.ts',
    because: 'a step of the analysis: it shows in the report',
  },
  'shared/query-optimizer/migration/create.ts': {
    by: 'test/shared/query-optimizer/migration/migration.test.ts',
    because: 'what it makes stands in the migration',
  },
  'shared/query-optimizer/migration/name-index.ts': {
    by: 'test/shared/query-optimizer/migration/migration.test.ts',
    because: 'what it makes stands in the migration',
  },
  'functions/adapters/sql-parser/libpg-query.ts': {
    by: 'test/shared/query-optimizer/sql/understand.test.ts',
    because: 'what it reads shows in what was understood',
  },
  'infra/monitoring/scaling-metrics.ts': {
    by: 'test/infra/constructs/scaled-target.test.ts',
    because: 'what is drawn of it is what is looked at',
  },
  'functions/adapters/planners/hypopg.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'an adapter: it passes its port’s contract on the second tier',
  },
  'functions/adapters/planners/twin/extensions.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'what it gives shows in the twin that lives in it',
  },
  'functions/adapters/planners/twin/pglite-engine.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'what it gives shows in the twin that lives in it',
  },
  'functions/adapters/planners/twin/pglite-session.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'what it gives shows in the twin that lives in it',
  },
  'functions/adapters/planners/twin/relation-files.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'what it gives shows in the twin that lives in it',
  },
  'functions/adapters/planners/twin/local-engine.ts': {
    by: 'test/functions/adapters/planners/twin/local-twin.test.ts',
    because: 'what it gives shows in the twin that lives in it',
  },
  'functions/adapters/postgres/neon-http.ts': {
    by: 'test/functions/adapters/postgres/neon.test.ts',
    because: 'the same snapshot by every driver',
  },
  'functions/adapters/postgres/open-database.ts': {
    by: 'test/functions/adapters/postgres/neon.test.ts',
    because: 'the same snapshot by every driver',
  },
  'functions/adapters/postgres/pg-session.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'what it reads of a real server is a snapshot',
  },
  'functions/adapters/postgres/read-only.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'what it reads of a real server is a snapshot',
  },
  'shared/query-optimizer/collect/collect.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/constraints.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/extended-statistics.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/functions.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/indexes.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/part.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/relations.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/server.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/since.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/sizes.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/statements.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/statistics.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/types.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/collect/workload.ts': {
    by: 'test/contracts/collect.test.ts',
    because: 'its SQL runs on real servers of two versions',
  },
  'shared/query-optimizer/planning/explain.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it does shows in what a planner answers',
  },
  'shared/query-optimizer/planning/index-switches.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it does shows in what a planner answers',
  },
  'shared/query-optimizer/planning/read-plan.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it does shows in what a planner answers',
  },
  'shared/query-optimizer/planner.ts': {
    by: 'test/shared/query-optimizer/planning/built-planner.test.ts',
    because: 'types, and the errors that go with them',
  },
  'shared/query-optimizer/session.ts': {
    by: 'test/shared/query-optimizer/planning/built-planner.test.ts',
    because: 'types, and the errors that go with them',
  },
  'shared/query-optimizer/sizes/btree.ts': {
    by: 'test/shared/query-optimizer/sizes/built.test.ts',
    because: 'held against sizes of built indexes, all kinds together',
  },
  'shared/query-optimizer/sizes/index-shape.ts': {
    by: 'test/shared/query-optimizer/sizes/built.test.ts',
    because: 'held against sizes of built indexes, all kinds together',
  },
  'shared/query-optimizer/sizes/other-methods.ts': {
    by: 'test/shared/query-optimizer/sizes/built.test.ts',
    because: 'held against sizes of built indexes, all kinds together',
  },
  'shared/query-optimizer/twin/column-shapes.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/elements.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/emptiness.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/expression-statistics.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/extended-data.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/expected-rows.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/measure-candidates.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/open-twin.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/restore-extended.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/restore-statistics.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/run-steps.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/sample-elements.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/settings.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/shape-files.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/steps.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/twin-planner.ts': {
    by: 'test/contracts/planner.test.ts',
    because: 'what it makes of a source shows in costs beside really built indexes',
  },
  'shared/query-optimizer/twin/engine.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'the server itself reads what it writes',
  },
  'shared/query-optimizer/twin/index-heads.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'the server itself reads what it writes',
  },
  'shared/query-optimizer/twin/page.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'the server itself reads what it writes',
  },
  'shared/query-optimizer/twin/stand-ins.ts': {
    by: 'test/functions/adapters/planners/twin/pglite-twin.test.ts',
    because: 'the server itself reads what it writes',
  },
  'shared/jobs/postponed.ts': {
    by: 'test/shared/jobs/worker/postponed.test.ts',
    because: 'what a task throws; what becomes of it is the worker’s',
  },
  'shared/query-optimizer/workload/likely-ranges.ts': {
    by: 'test/shared/query-optimizer/workload/likely-values.test.ts',
    because: 'what it finds stands in the statement',
  },
};
