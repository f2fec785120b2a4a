import { describe, expect, it } from 'vitest';
import { plainMessage, type ThreadMessage } from '../../hooks/results.ts';
import { rowsOf } from './rows.ts';

function message(seq: number, from: string, createdAt: string): ThreadMessage {
  return {
    key: `m${seq}`,
    id: `m${seq}`,
    seq,
    conversationId: 'c',
    senderId: from,
    senderName: from,
    senderType: from === 'me' ? 'buyer' : 'supplier',
    isMine: from === 'me',
    text: `text ${seq}`,
    files: [],
    createdAt,
    status: from === 'me' ? 'sent' : 'received',
    problem: null,
    ...plainMessage,
  };
}

const shape = (messages: ThreadMessage[], firstUnreadSeq: number | null = null) =>
  rowsOf(messages, { isComplete: true, firstUnreadSeq, events: [] })
    .slice(1)
    .map((row) =>
      row.kind === 'message' ? `${row.key}${row.isFirst ? '^' : ''}${row.isLast ? '$' : ''}` : row.kind,
    );

describe('the rows of a thread', () => {
  it('groups messages that one sender wrote within five minutes', () => {
    const messages = [
      message(1, 'you', '2026-03-02T10:00:00'),
      message(2, 'you', '2026-03-02T10:04:00'),
      message(3, 'me', '2026-03-02T10:04:30'),
      message(4, 'me', '2026-03-02T10:20:00'),
    ];
    expect(shape(messages)).toEqual(['day', 'm1^', 'm2$', 'm3^$', 'm4^$']);
  });

  it('names a speaker again between two people only when the other one has spoken', () => {
    const messages = [
      message(1, 'you', '2026-03-02T10:00:00'),
      message(2, 'you', '2026-03-02T11:00:00'),
      message(3, 'me', '2026-03-02T11:01:00'),
      message(4, 'you', '2026-03-02T11:02:00'),
    ];
    const named = (isPair: boolean) =>
      rowsOf(messages, { isComplete: true, firstUnreadSeq: null, events: [], isPair }).flatMap((row) =>
        row.kind === 'message' && row.isNamed ? [row.key] : [],
      );
    expect(named(true)).toEqual(['m1', 'm3', 'm4']);
    expect(named(false)).toEqual(['m1', 'm2', 'm3', 'm4']);
  });

  it('heads each day once', () => {
    const messages = [
      message(1, 'you', '2026-03-02T23:59:00'),
      message(2, 'you', '2026-03-03T00:00:30'),
      message(3, 'you', '2026-03-03T00:01:00'),
    ];
    expect(shape(messages)).toEqual(['day', 'm1^$', 'day', 'm2^', 'm3$']);
  });

  it('draws the line above the first unread message of somebody else', () => {
    const messages = [
      message(1, 'you', '2026-03-02T10:00:00'),
      message(2, 'me', '2026-03-02T10:01:00'),
      message(3, 'you', '2026-03-02T10:02:00'),
      message(4, 'you', '2026-03-02T10:03:00'),
    ];
    expect(shape(messages, 2)).toEqual(['day', 'm1^$', 'm2^$', 'unread', 'm3^', 'm4$']);
  });

  it('draws no line while the first unread message is far above what is loaded', () => {
    const loaded = [message(50, 'you', '2026-03-02T10:00:00'), message(51, 'you', '2026-03-02T10:01:00')];
    const kinds = (firstUnreadSeq: number) =>
      rowsOf(loaded, { isComplete: false, firstUnreadSeq, events: [] }).map((row) => row.kind);
    expect(kinds(20)).toEqual(['message', 'message']);
    expect(kinds(50)).toEqual(['unread', 'message', 'message']);
  });

  it('keeps every key when older messages are put in front', () => {
    const newer = [message(51, 'you', '2026-03-02T10:00:00'), message(52, 'you', '2026-03-02T10:01:00')];
    const older = [message(50, 'you', '2026-03-01T10:00:00')];
    const keys = (messages: ThreadMessage[]) =>
      rowsOf(messages, { isComplete: false, firstUnreadSeq: null, events: [] }).map((row) => row.key);
    expect(keys([...older, ...newer]).slice(-2)).toEqual(keys(newer));
  });

  it('gives the first loaded message no heading while older ones exist', () => {
    const rows = rowsOf([message(9, 'you', '2026-03-02T10:00:00')], {
      isComplete: false,
      firstUnreadSeq: null,
      events: [],
    });
    expect(rows).toMatchObject([{ kind: 'message', isFirst: false, isLast: true }]);
  });

  it('puts an event behind the message it followed and begins a new run', () => {
    const rows = rowsOf(
      [message(1, 'you', '2026-03-02T10:00:00'), message(2, 'you', '2026-03-02T10:00:10')],
      {
        isComplete: true,
        firstUnreadSeq: null,
        events: [{ key: 'e', afterKey: 'm1', text: 'Ada joined' }],
      },
    );
    expect(rows.map((row) => row.kind)).toEqual(['start', 'day', 'message', 'event', 'message']);
  });
});
