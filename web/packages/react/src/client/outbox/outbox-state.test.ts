// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../testing/property-runs.ts';
import { HaggleError } from '../errors.ts';
import { limits } from '../limits.ts';
import { afterFailure } from './after-failure.ts';
import {
  emptyOutbox,
  nextWakeAt,
  type OutboxAction,
  type OutboxItem,
  type OutboxState,
  reduceOutbox,
  sendable,
} from './outbox-state.ts';

const problem = { code: 'x', message: 'X' };

function item(key: string, change: Partial<OutboxItem> = {}): OutboxItem {
  return {
    key,
    conversationId: 'c1',
    text: key,
    files: [],
    writtenAt: 0,
    state: 'queued',
    attempts: 0,
    notBefore: 0,
    problem: null,
    ...change,
  };
}

function outboxAfter(...actions: OutboxAction[]): OutboxState {
  return actions.reduce(reduceOutbox, emptyOutbox);
}

const add = (...items: OutboxItem[]): OutboxAction[] => items.map((one) => ({ type: 'add', item: one }));
const keysOf = (items: readonly OutboxItem[]) => items.map((one) => one.key);

describe('the queue of outgoing messages', () => {
  it('sends one message per conversation at a time, in the order of writing', () => {
    const state = outboxAfter(...add(item('a'), item('b'), item('c', { conversationId: 'c2' })));
    expect(keysOf(sendable(state, 0))).toEqual(['a', 'c']);
    const sending = reduceOutbox(state, { type: 'start', key: 'a' });
    expect(keysOf(sendable(sending, 0))).toEqual(['c']);
    expect(keysOf(sendable(reduceOutbox(sending, { type: 'settle', key: 'a' }), 0))).toEqual(['b', 'c']);
  });

  it('adds the same message once', () => {
    expect(outboxAfter(...add(item('a'), item('a'))).items).toHaveLength(1);
  });

  it('a message that waits keeps later ones behind it', () => {
    const state = outboxAfter(...add(item('a'), item('b')), {
      type: 'postpone',
      key: 'a',
      until: 50,
      problem,
    });
    expect(sendable(state, 49)).toEqual([]);
    expect(nextWakeAt(state)).toBe(50);
    expect(keysOf(sendable(state, 50))).toEqual(['a']);
  });

  it('a message that failed for good lets later ones pass', () => {
    const state = outboxAfter(...add(item('a'), item('b')), { type: 'fail', key: 'a', problem });
    expect(keysOf(sendable(state, 0))).toEqual(['b']);
  });

  it('a rate limit holds for every conversation and keeps the texts', () => {
    const state = outboxAfter(...add(item('a'), item('b', { conversationId: 'c2' })), {
      type: 'limit',
      key: 'a',
      until: 100,
      problem,
    });
    expect(sendable(state, 99)).toEqual([]);
    expect(state.items.map((one) => [one.text, one.state])).toEqual([
      ['a', 'queued'],
      ['b', 'queued'],
    ]);
    expect(nextWakeAt(state)).toBe(100);
    expect(keysOf(sendable(state, 100))).toEqual(['a', 'b']);
  });

  it('waking sends what waited for a connection, but not past a rate limit', () => {
    const waiting = outboxAfter(...add(item('a')), { type: 'postpone', key: 'a', until: 50, problem });
    expect(keysOf(sendable(reduceOutbox(waiting, { type: 'wake', now: 10 }), 10))).toEqual(['a']);
    const limited = outboxAfter(...add(item('a')), { type: 'limit', key: 'a', until: 50, problem });
    expect(sendable(reduceOutbox(limited, { type: 'wake', now: 10 }), 10)).toEqual([]);
  });

  it('retry sends a failed message behind the others, and nothing else', () => {
    const failed = outboxAfter(...add(item('a'), item('b', { writtenAt: 1 })), {
      type: 'fail',
      key: 'a',
      problem,
    });
    const retried = reduceOutbox(failed, { type: 'retry', key: 'a', now: 9 });
    expect(keysOf(retried.items)).toEqual(['b', 'a']);
    expect(retried.items[1]).toMatchObject({ state: 'queued', attempts: 0, problem: null });
    expect(reduceOutbox(failed, { type: 'retry', key: 'b', now: 9 })).toBe(failed);
  });

  it('another message takes the place of one that failed, and of no other', () => {
    const failed = outboxAfter(...add(item('a'), item('b', { writtenAt: 1 })), {
      type: 'fail',
      key: 'a',
      problem,
    });
    const edited = item('c', { writtenAt: 9 });
    const replaced = reduceOutbox(failed, { type: 'replace', key: 'a', item: edited });
    expect(keysOf(replaced.items)).toEqual(['b', 'c']);
    expect(reduceOutbox(failed, { type: 'replace', key: 'b', item: edited })).toBe(failed);
  });

  it('discards anything but what is being sent', () => {
    const state = outboxAfter(...add(item('a'), item('b', { conversationId: 'c2' })), {
      type: 'start',
      key: 'a',
    });
    expect(keysOf(reduceOutbox(state, { type: 'discard', key: 'b' }).items)).toEqual(['a']);
    expect(reduceOutbox(state, { type: 'discard', key: 'a' })).toBe(state);
  });

  it('after the sending tab is gone, its message is sent again', () => {
    const state = outboxAfter(...add(item('a')), { type: 'start', key: 'a' }, { type: 'recover' });
    expect(keysOf(sendable(state, 0))).toEqual(['a']);
  });
});

describe('after a failure', () => {
  const failing = (error: unknown, change: Partial<OutboxItem> = {}, now = 0) =>
    afterFailure(item('a', change), error, now, () => 1);

  it('a 429 waits as long as the server says', () => {
    const limited = new HaggleError('limited', 'Slow down', { status: 429, retryAfterMs: 7_000 });
    expect(failing(limited, {}, 1_000)).toMatchObject({ type: 'limit', until: 8_000 });
  });

  it('no answer means trying again, ever more slowly', () => {
    const error = new HaggleError('network', 'Gone');
    expect(failing(error)).toMatchObject({ type: 'postpone', until: limits.backoffFirstMs });
    expect(failing(error, { attempts: 50 })).toMatchObject({
      type: 'postpone',
      until: limits.backoffLongestMs,
    });
  });

  it('but not for a message nobody expects any more', () => {
    expect(failing(new HaggleError('network', 'Gone'), {}, limits.outboxAgeMs + 1)).toMatchObject({
      type: 'fail',
    });
  });

  it('the reason is what the server says of the field, not that a field is wrong', () => {
    const fields = { content: '3 characters too many' };
    const error = new HaggleError('refused', 'Some fields are wrong', { status: 400, fields });
    expect(failing(error)).toMatchObject({ type: 'fail', problem: { message: '3 characters too many' } });
  });

  it('a server in trouble is asked a limited number of times', () => {
    const error = new HaggleError('server', 'Oops', { status: 500 });
    expect(failing(error)).toMatchObject({ type: 'postpone' });
    expect(failing(error, { attempts: limits.sendAttempts - 1 })).toMatchObject({ type: 'fail' });
  });

  it('a refusal is final', () => {
    const error = new HaggleError('refused', 'Message content is required', {
      status: 400,
      code: 'validation',
    });
    expect(failing(error)).toEqual({
      type: 'fail',
      key: 'a',
      problem: { code: 'validation', message: 'Message content is required' },
    });
  });
});

describe('whatever is done to the queue', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const action: fc.Arbitrary<OutboxAction> = fc.oneof(
    fc.record({
      type: fc.constant('add' as const),
      item: fc
        .record({ key, conversationId: fc.constantFrom('c1', 'c2'), writtenAt: fc.nat(9) })
        .map((part) => item(part.key, part)),
    }),
    fc.record({ type: fc.constant('settle' as const), key }),
    fc.record({ type: fc.constant('start' as const), key }),
    fc.record({ type: fc.constant('fail' as const), key, problem: fc.constant(problem) }),
    fc.record({
      type: fc.constant('postpone' as const),
      key,
      until: fc.nat(100),
      problem: fc.constant(problem),
    }),
    fc.record({
      type: fc.constant('limit' as const),
      key,
      until: fc.nat(100),
      problem: fc.constant(problem),
    }),
    fc.record({ type: fc.constant('retry' as const), key, now: fc.nat(100) }),
    fc.record({ type: fc.constant('discard' as const), key }),
    fc.record({ type: fc.constant('replace' as const), key, item: key.map((to) => item(`${to} again`)) }),
    fc.record({ type: fc.constant('recover' as const) }),
    fc.record({ type: fc.constant('wake' as const), now: fc.nat(100) }),
  );

  it('each message is in it once, one per conversation is sendable, and something always wakes it', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), fc.nat(200), (actions, now) => {
        const state = outboxAfter(...actions);
        expect(new Set(keysOf(state.items)).size).toBe(state.items.length);
        const ready = sendable(state, now);
        expect(new Set(ready.map((one) => one.conversationId)).size).toBe(ready.length);
        for (const one of ready) expect(one.state).toBe('queued');
        const isWaiting = state.items.some((one) => one.state === 'queued');
        const isBusy = state.items.some((one) => one.state === 'sending');
        if (isWaiting && !isBusy) expect(nextWakeAt(state)).not.toBeNull();
      }),
      runs(),
    );
  });
});
