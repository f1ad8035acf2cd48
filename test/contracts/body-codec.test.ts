import { describe, expect, it } from 'vitest';
import { BODY_CODECS as WORKER } from '../../edge/adapters/body-codecs.ts';
import { BODY_CODECS as NODE } from '../../functions/adapters/body-codecs.ts';
import { bodyCodecContract } from './body-codec.ts';

bodyCodecContract('Node', NODE);
bodyCodecContract('Worker', WORKER);

describe('a Worker and a Lambda that share a cache', () => {
  it('read what the other has written', () => {
    expect(WORKER.map(({ name }) => name)).toEqual(NODE.map(({ name }) => name));
  });
});
