import { act, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { setStage } from '../testing/stage.tsx';
import { useGoTo, useMessageActions, useMessages, useSendMessage, useTarget, useWriting } from './index.ts';

const stage = setStage();
let theirs = '';
let mine = '';

beforeEach(() => {
  theirs = stage.model.send('bea', stage.id, { content: 'Can you hold 2.40?' }).id;
  mine = stage.model.send('bob', stage.id, { content: 'We can' }).id;
});

/** The thread as Bob sees it, and what he can do. */
async function open() {
  const shown = stage.render(() => ({
    thread: useMessages(stage.id),
    actions: useMessageActions(stage.id),
    sending: useSendMessage(stage.id),
    writing: useWriting(stage.id),
    target: useTarget(stage.id),
    goTo: useGoTo(),
  }));
  await waitFor(() => expect(shown.result.current.thread.messages).toHaveLength(2));
  await waitFor(() => expect(stage.client.connection.get().status).toBe('online'));
  const of = (id: string) => shown.result.current.thread.messages.find((each) => each.id === id);
  return { ...shown, of };
}

const fails = (path: string) => {
  stage.interfere = (request) =>
    request.url.includes(path) && request.method !== 'GET'
      ? HttpResponse.json(
          { error: 'internal', code: 'internal', message: 'No', requestId: 'r' },
          { status: 500 },
        )
      : undefined;
};

describe('a reaction', () => {
  it('is shown at once and stays, for the others too', async () => {
    const { result, of } = await open();
    let done = Promise.resolve();
    act(() => {
      done = result.current.actions.react(theirs, '👍', true);
    });
    expect(of(theirs)?.reactions).toEqual([{ emoji: '👍', userIds: ['bob'] }]);
    await act(() => done);
    expect(of(theirs)?.reactions).toEqual([{ emoji: '👍', userIds: ['bob'] }]);
    await act(async () => void stage.model.react('bea', stage.id, theirs, '👍', true));
    await waitFor(() => expect(of(theirs)?.reactions[0]?.userIds).toEqual(['bob', 'bea']));
  });

  it('that the server does not take is gone, and what came meanwhile stays', async () => {
    const { result, of } = await open();
    fails('/reactions/');
    let done = Promise.resolve();
    act(() => {
      done = result.current.actions.react(theirs, '👍', true);
      stage.model.react('bea', stage.id, theirs, '✅', true);
    });
    expect(of(theirs)?.reactions.map((one) => one.emoji)).toContain('👍');
    await act(() => expect(done).rejects.toMatchObject({ kind: 'server' }));
    await waitFor(() => expect(of(theirs)?.reactions).toEqual([{ emoji: '✅', userIds: ['bea'] }]));
  });
});

describe('a correction', () => {
  it('is shown at once, with when it was made', async () => {
    const { result, of } = await open();
    await act(() => result.current.actions.correct(mine, 'We can until Friday'));
    expect(of(mine)).toMatchObject({ text: 'We can until Friday', editedAt: expect.any(String) });
    expect(stage.model.messages('bea', stage.id, {})?.messages[0]?.message).toBe('We can until Friday');
  });

  it('of somebody else is heard', async () => {
    const { of } = await open();
    await act(async () => void stage.model.edit('bea', stage.id, theirs, 'Can you hold 2.38?'));
    await waitFor(() => expect(of(theirs)?.text).toBe('Can you hold 2.38?'));
  });

  it('that fails leaves what was there', async () => {
    const { result, of } = await open();
    fails('/messages/');
    await act(() => expect(result.current.actions.correct(mine, 'Other')).rejects.toThrow());
    expect(of(mine)).toMatchObject({ text: 'We can', editedAt: null });
  });
});

it('what is taken back says nothing any more', async () => {
  const { result, of } = await open();
  await act(() => result.current.actions.takeBack(mine));
  expect(of(mine)).toMatchObject({ text: '', deletedBy: 'bob' });
});

it('a reply names what it answers while it is on its way, and is sent with it', async () => {
  const { result } = await open();
  const to = { id: theirs, seq: 1, senderName: 'Bea', preview: 'Can you hold 2.40?', isDeleted: false };
  const bodies: unknown[] = [];
  stage.interfere = (request) => {
    if (request.method === 'POST')
      void request
        .clone()
        .json()
        .then((body) => bodies.push(body));
    return undefined;
  };
  act(() => void result.current.sending.send({ text: 'Yes', replyTo: to }));
  expect(result.current.thread.messages.at(-1)?.replyTo).toEqual(to);
  await waitFor(() => expect(bodies).toEqual([expect.objectContaining({ content: 'Yes', replyTo: theirs })]));
});

it('what the composer is used for is kept like a draft', async () => {
  const { result } = await open();
  const writing = { kind: 'correct', messageId: mine, text: 'We can' } as const;
  act(() => result.current.writing.set(writing));
  expect(result.current.writing.writing).toEqual(writing);
  // Typing is faster than storage.
  await waitFor(() => expect(Object.keys(localStorage).some((key) => key.includes('writing'))).toBe(true));
  const again = stage.render(() => useWriting(stage.id));
  await waitFor(() => expect(again.result.current.writing).toEqual(writing));
});

it('whoever wants to see a message says so by its conversation', async () => {
  const { result } = await open();
  act(() => result.current.goTo(stage.id, theirs));
  expect(result.current.target.target).toEqual({ messageId: theirs });
  act(() => result.current.target.done());
  expect(result.current.target.target).toBeNull();
});
