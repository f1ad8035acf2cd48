import { S3Client } from '@aws-sdk/client-s3';
import { createAzureAssets } from '../../functions/adapters/asset-stores/azure-store.ts';
import { createS3Assets } from '../../functions/adapters/asset-stores/s3-store.ts';
import { localCredentials, startAws } from '../../infra/local/aws/start.ts';
import { AZURE_SAS, AZURE_TOKEN, startAzureBlob } from '../fakes/azure-blob.ts';
import { startFaultProxy } from '../fakes/fault-proxy.ts';
import { type AssetHome, assetStoreContract } from './asset-store.ts';

const SLOW_DOWN =
  'HTTP/1.1 503 Slow Down\r\ncontent-type: application/xml\r\nconnection: close\r\n\r\n<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
const SERVER_BUSY =
  'HTTP/1.1 503 Busy\r\nx-ms-error-code: ServerBusy\r\nretry-after: 0\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

assetStoreContract('assets in S3', () => startS3('sha256'));
assetStoreContract('assets in what speaks as S3 does, without checksums of its own', () => startS3('md5'));
assetStoreContract('assets in Azure Blob, with a token', () => startAzure('token'));
assetStoreContract('assets in Azure Blob, with a shared access signature', () => startAzure('sas'));

async function startS3(checksums: 'sha256' | 'md5'): Promise<AssetHome> {
  const credentials = localCredentials({});
  const aws = await startAws({ topology: { buckets: { assets: {} }, queues: {} }, credentials });
  const way = await startFaultProxy(aws.endpoint);
  const open = (given: Partial<{ secretAccessKey: string; bucket: string }> = {}) => {
    const { secretAccessKey = credentials.secretAccessKey, bucket = 'assets' } = given;
    const s3 = new S3Client({
      endpoint: way.url,
      region: aws.region,
      credentials: { ...credentials, secretAccessKey },
      forcePathStyle: true,
      maxAttempts: 2,
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
    return createS3Assets({ s3, bucket, checksums });
  };
  return {
    store: open(),
    stranger: open({ secretAccessKey: 'not-the-secret' }),
    nowhere: open({ bucket: 'nowhere' }),
    way,
    busy: SLOW_DOWN,
    async stop() {
      await way.stop();
      await aws.stop();
    },
  };
}

async function startAzure(kind: 'token' | 'sas'): Promise<AssetHome> {
  const azure = await startAzureBlob();
  const way = await startFaultProxy(azure.server.origin);
  const open = (token: string, container = 'assets') =>
    createAzureAssets({
      containerUrl: `${way.url}/${container}`,
      signIn:
        kind === 'token'
          ? { kind, getToken: async () => token }
          : { kind, sas: token === AZURE_TOKEN ? AZURE_SAS : AZURE_SAS.replace('sig=', 'sig=x') },
      fetch: (url, init) => fetch(url, init),
      clock: Date.now,
      random: Math.random,
      sleep: () => new Promise(resolve => setTimeout(resolve, 5)),
    });
  return {
    store: open(AZURE_TOKEN),
    stranger: open('somebody-else'),
    nowhere: open(AZURE_TOKEN, 'nowhere'),
    way,
    busy: SERVER_BUSY,
    async stop() {
      await way.stop();
      await azure.server.close();
    },
  };
}
