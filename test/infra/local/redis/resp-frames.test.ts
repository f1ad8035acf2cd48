import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeReplies } from '../../../../infra/local/redis/resp.ts';
import { replyEnd } from '../../../../infra/local/redis/resp-frames.ts';
import { RedisError, type RedisReply } from '../../../../shared/redis/redis.ts';

const { reply } = fc.letrec<{ reply: RedisReply }>(tie => ({
  reply: fc.oneof(
    { maxDepth: 3 },
    fc.uint8Array(),
    fc.integer(),
    fc.constantFrom(null, 'OK', new RedisError('ERR no')),
    fc.array(tie('reply'), { maxLength: 4 }),
  ),
}));

it('finds the end of a reply when it is all there, whatever follows, and not before', () => {
  fc.assert(
    fc.property(reply, fc.uint8Array(), fc.nat(), (first, rest, cut) => {
      const bytes = encodeReplies([first]);
      expect(replyEnd(Buffer.concat([bytes, rest]), 0)).toBe(bytes.length);
      expect(replyEnd(bytes.subarray(0, cut % bytes.length), 0)).toBe(-1);
    }),
  );
});
