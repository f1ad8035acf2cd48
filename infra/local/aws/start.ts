/**
 * Starts the local AWS: one endpoint that checks signatures in front of S3, SQS, CloudFront, CloudWatch and the Scheduler, with the
 * topology's buckets and queues in it. Other services may join behind the same door.
 *
 * Errors  StartError when its state cannot be opened
 * Cost    runs inside the launcher: no process of its own
 */

import { systemClock } from '../../../shared/primitives/clock.ts';
import type { Topology } from '../../check-topology.ts';
import { type Answer, serveLoopback } from '../loopback.ts';
import type { Part } from '../part.ts';
import { withEvents } from './bucket-events.ts';
import { createCloudFrontAnswer } from './cloudfront/answer.ts';
import { createInvalidations, type Distribution, type Invalidations } from './cloudfront/invalidations.ts';
import { createCloudWatch } from './cloudwatch/answer.ts';
import { createFigures, type Figures } from './cloudwatch/figures.ts';
import { createEmulator } from './emulator.ts';
import { LOCAL_ACCOUNT } from './emulator-stores.ts';
import { createGateway } from './gateway.ts';
import { withConditions } from './s3-conditions.ts';
import { createScheduler } from './scheduler/answer.ts';
import { createSchedules } from './scheduler/schedules.ts';
import type { AwsCredentials } from './signature.ts';

export interface StartAwsOptions {
  readonly topology: Pick<Topology, 'buckets' | 'queues'>;
  readonly credentials: AwsCredentials;
  /** Where objects and messages are kept; without it they are forgotten at the end. */
  readonly stateDir?: string;
  /** What CloudFront knows, by id. @default one with tags, LOCAL_DISTRIBUTION */
  readonly distributions?: Readonly<Record<string, Distribution>>;
}

/** What a client needs to reach AWS, local or not. */
export interface AwsAccess {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
}

export interface LocalAws extends Part, AwsAccess {
  /** Puts one more service behind the endpoint, by the name its requests are signed for. */
  serve(service: string, answer: Answer): void;
  /** What CloudFront was told. */
  readonly invalidations: Invalidations;
  /** What CloudWatch was told. */
  readonly figures: Figures;
}

/** What local AWS emulators agree on. */
export const LOCAL_REGION = 'us-east-1';
/** There without anybody having made it. */
export const LOCAL_DISTRIBUTION = 'ELOCALHEADRACE';
const LOCAL_KEY = 'test';

export function localCredentials(environment: Readonly<Record<string, string | undefined>>): AwsCredentials {
  return {
    accessKeyId: environment.AWS_ACCESS_KEY_ID || LOCAL_KEY,
    secretAccessKey: environment.AWS_SECRET_ACCESS_KEY || LOCAL_KEY,
    ...(environment.AWS_SESSION_TOKEN && { sessionToken: environment.AWS_SESSION_TOKEN }),
  };
}

export async function startAws(options: StartAwsOptions): Promise<LocalAws> {
  const {
    topology,
    credentials,
    stateDir,
    distributions = { [LOCAL_DISTRIBUTION]: { tags: true } },
  } = options;
  const services = new Map<string, Answer>();
  const server = await serveLoopback(createGateway({ credentials, services, clock: systemClock }));
  const region = LOCAL_REGION;
  const emulator = await closeOnFailure(server, () =>
    createEmulator({ topology, region, origin: server.origin, stateDir }),
  );
  const schedules = createSchedules({ clock: systemClock, log: line => console.error(line) });
  const figures = createFigures();
  const sendMessage = sendingTo(emulator.answer);
  const send = (queue: string, MessageBody: string) =>
    sendMessage({ QueueUrl: `${server.origin}/${LOCAL_ACCOUNT}/${queue}`, MessageBody });
  const invalidations = createInvalidations({ distributions, clock: systemClock });
  services
    .set(
      's3',
      withEvents(withConditions(emulator.answer), {
        queues: topology.queues,
        send,
        log: line => console.error(line),
      }),
    )
    .set('sqs', emulator.answer)
    .set('monitoring', createCloudWatch({ figures, clock: systemClock }))
    .set('scheduler', createScheduler({ schedules, sendMessage, clock: systemClock }))
    .set('cloudfront', createCloudFrontAnswer(invalidations));

  let stopping: Promise<void> | null = null;
  async function stopBoth(): Promise<void> {
    schedules.stop();
    await server.close();
    await emulator.close();
  }
  return {
    pid: null,
    endpoint: server.origin,
    region,
    credentials,
    serve: (service, answer) => void services.set(service, answer),
    invalidations,
    figures,
    stop() {
      stopping ??= stopBoth();
      return stopping;
    },
    // It ends with the launcher, never alone.
    ended: new Promise(() => {}),
  };
}

/** Inside the house nobody signs. */
function sendingTo(sqs: Answer): (input: object) => Promise<void> {
  const headers = {
    'content-type': ['application/x-amz-json-1.0'],
    'x-amz-target': ['AmazonSQS.SendMessage'],
  };
  return async input => {
    const body = Buffer.from(JSON.stringify(input));
    const { status, body: said } = await sqs({ method: 'POST', url: '/', headers, body });
    if (status !== 200) throw new Error(`SQS answered ${status}: ${said}`);
  };
}

async function closeOnFailure<Made>(server: { close(): Promise<void> }, make: () => Made): Promise<Made> {
  try {
    return make();
  } catch (error) {
    await server.close();
    throw error;
  }
}
