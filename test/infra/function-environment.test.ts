import { describe, expect, it } from 'vitest';
import { functionEnvironment } from '../../infra/function-environment.ts';

describe('functionEnvironment', () => {
  it('names each bucket the function reads', () => {
    const bucketNames = { data: 'account-data', 'user-files': 'account-files' };
    expect(functionEnvironment('any', { edgeUrl: undefined, bucketNames })).toEqual({
      variables: { DATA_BUCKET: 'account-data', USER_FILES_BUCKET: 'account-files' },
    });
  });

  it('gives the edge’s address to the function that warms it, and to no other', () => {
    const deployed = { edgeUrl: 'https://edge.example', bucketNames: {} };
    expect(functionEnvironment('warm-cache', deployed).variables).toEqual({
      EDGE_URL: 'https://edge.example',
    });
    expect(functionEnvironment('any', deployed).variables).toEqual({});
  });

  it('says what the warming function still lacks', () => {
    const deployed = { edgeUrl: undefined, bucketNames: { data: 'account-data' } };
    expect(functionEnvironment('warm-cache', deployed).missing).toBe('EDGE_URL');
    expect(functionEnvironment('process-warming', { ...deployed, jobs: { variables: {} } }).missing).toBe(
      'EDGE_URL',
    );
  });

  it('tells who does jobs how to reach them, and says when that is not known', () => {
    const deployed = { edgeUrl: undefined, bucketNames: {} };
    const variables = { JOBS_QUEUE_URL: 'https://sqs.example/1/' };
    expect(functionEnvironment('any', { ...deployed, jobs: { variables } })).toEqual({ variables });
    expect(functionEnvironment('any', { ...deployed, jobs: { variables: undefined } })).toEqual({
      variables: {},
      missing: 'JOBS_SECRET',
    });
  });

  it('tells who drains the outbox how to reach database and edge, and says what is not known', () => {
    const deployed = { edgeUrl: 'https://edge.example', bucketNames: {} };
    const variables = { DATABASE_URL: 'postgres://db', EDGE_ADMIN_TOKEN: 'token' };
    expect(functionEnvironment('drain-outbox', { ...deployed, outbox: { variables } })).toEqual({
      variables: { ...variables, EDGE_URL: 'https://edge.example' },
    });
    expect(
      functionEnvironment('drain-outbox', { ...deployed, outbox: { variables: undefined } }).missing,
    ).toBe('OUTBOX_SECRET');
    expect(functionEnvironment('drain-outbox-now', { ...deployed, edgeUrl: undefined }).missing).toBe(
      'EDGE_URL',
    );
  });

  it('tells who tells CDNs which there are, and their secrets only where they are known', () => {
    const deployed = { edgeUrl: undefined, bucketNames: {} };
    const cdns = { settings: {} };
    expect(functionEnvironment('any', { ...deployed, cdns }).variables).toEqual({ CDN_SETTINGS: '{}' });
    const told = functionEnvironment('any', { ...deployed, cdns: { ...cdns, secrets: 'text' } });
    expect(told.variables).toEqual({ CDN_SETTINGS: '{}', CDN_SECRETS: 'text' });
  });

  it('tells the image function what was decided about images, and no other', () => {
    const deployed = { edgeUrl: undefined, bucketNames: {}, images: { path: '/images', quality: 60 } };
    const { variables } = functionEnvironment('optimize-image', deployed);
    expect(JSON.parse(variables.IMAGE_SETTINGS ?? '')).toEqual({ path: '/images', quality: 60 });
    expect(functionEnvironment('any', deployed).variables).toEqual({});
  });

  it('tells who asks the edge for images what URLs are signed with, and nobody else', () => {
    const deployed = { edgeUrl: 'https://edge.example', bucketNames: {}, imageKeys: 'first,second' };
    expect(functionEnvironment('process-file-processing', deployed).variables).toEqual({
      EDGE_URL: 'https://edge.example',
      EDGE_IMAGE_SIGNING_KEYS: 'first,second',
    });
    expect(functionEnvironment('optimize-image', deployed).variables).toEqual({});
  });
});
