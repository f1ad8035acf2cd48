import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { createSqsCall } from '../../../functions/adapters/sqs-call.ts';
import { AwsRefused, AwsUnavailable } from '../../../shared/aws/aws-errors.ts';

const open: { stop(): void }[] = [];
afterEach(() => {
  for (const { stop } of open.splice(0)) stop();
});

/** An SQS that answers everything alike. */
async function callOn(status: number, body: string) {
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = new SQSClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
  open.push({
    stop() {
      client.destroy();
      server.closeAllConnections();
      server.close();
    },
  });
  return createSqsCall(client);
}

const send = { QueueUrl: 'http://host/1/q', MessageBody: 'x' };
const refusal = (code: string) => JSON.stringify({ __type: `com.amazonaws.sqs#${code}`, message: 'because' });

describe('a call through the SDK', () => {
  it('gives what SQS answered', async () => {
    const call = await callOn(200, '{"Attributes":{"QueueArn":"arn"}}');
    const asked = { QueueUrl: 'http://host/1/q', AttributeNames: ['QueueArn'] };
    expect(await call('GetQueueAttributes', asked)).toEqual({ Attributes: { QueueArn: 'arn' } });
  });

  it('rejects with the code of a refusal', async () => {
    const call = await callOn(400, refusal('QueueDoesNotExist'));
    const failed = await call('SendMessage', send).catch(error => error);
    expect(failed).toBeInstanceOf(AwsRefused);
    expect(failed).toMatchObject({ code: 'QueueDoesNotExist', status: 400, message: 'because' });
  });

  it.each([
    ['fails itself', 500, refusal('InternalFailure')],
    ['throttles', 403, refusal('RequestThrottled')],
    ['does not speak its protocol', 200, '<html>'],
  ])('is unavailable when SQS %s', async (_name, status, body) => {
    const call = await callOn(status, body);
    await expect(call('SendMessage', send)).rejects.toBeInstanceOf(AwsUnavailable);
  });

  it('ends when its caller ends it', async () => {
    const call = await callOn(200, '{}');
    await expect(call('SendMessage', send, AbortSignal.abort())).rejects.toBeInstanceOf(AwsUnavailable);
  });
});
