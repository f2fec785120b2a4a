import type { ThreadMessage } from '../../hooks/index.ts';

/** What the thread draws, top to bottom. Keys stay the same while older messages arrive above. */
export type ThreadRow =
  | { kind: 'start'; key: string }
  | { kind: 'day'; key: string; at: Date }
  | { kind: 'unread'; key: string }
  /** `message`: it is one, and has a place among the others. */
  | { kind: 'event'; key: string; text: string; message?: ThreadMessage }
  | MessageRow;

export interface MessageRow {
  kind: 'message';
  key: string;
  message: ThreadMessage;
  at: Date;
  /** First and last of a run by one sender: the first says who it is, the last shows the picture. */
  isFirst: boolean;
  isLast: boolean;
  /** Says who it is: the first of a run, and between two people only when the other one had spoken. */
  isNamed: boolean;
}

/** Something that happened beside the messages, placed behind the message that was newest then. */
export interface ThreadEvent {
  key: string;
  afterKey: string | null;
  text: string;
}

export interface RowOptions {
  /** Whether the conversation begins with the first message. */
  isComplete: boolean;
  firstUnreadSeq: number | null;
  events: readonly ThreadEvent[];
  /** What a message says that nobody wrote. */
  systemText?: (message: ThreadMessage) => string;
  /** Between two people nobody else can be speaking. */
  isPair?: boolean;
}

const RUN_GAP_MS = 5 * 60_000;

/** Messages, oldest first, with day headings, the line of the first unread and runs by one sender. */
export function rowsOf(messages: readonly ThreadMessage[], options: RowOptions): ThreadRow[] {
  const rows: ThreadRow[] = options.isComplete ? [{ kind: 'start', key: 'start' }] : [];
  let previous: MessageRow | null = null;
  let day = '';
  let speaker = '';
  const { isPair = false } = options;
  let hasLine = !isLineLoaded(messages, options);
  addEvents(rows, options.events, null);
  for (const message of messages) {
    const at = dateOf(message);
    const itsDay = dayKey(at);
    // What stands above the first loaded message is not known yet, so it gets no heading that older ones would move.
    const isCut = rows.length === 0 && !options.isComplete;
    let starts = previous ? !isSameRun(previous, message, at) : !isCut;
    if (itsDay !== day && !isCut) {
      starts = true;
      rows.push({ kind: 'day', key: `day ${itsDay}`, at });
    }
    day = itsDay;
    if (!hasLine && isUnread(message, options.firstUnreadSeq)) {
      hasLine = true;
      starts = true;
      rows.push({ kind: 'unread', key: 'unread' });
    }
    if (message.kind === 'system') {
      const text = options.systemText?.(message) ?? message.text;
      rows.push({ kind: 'event', key: message.key, text, message });
      addEvents(rows, options.events, message.key);
      previous = null;
      speaker = '';
      continue;
    }
    if (!starts && previous) previous.isLast = false;
    const isSame = isPair && speaker === speakerOf(message);
    speaker = speakerOf(message);
    const row: MessageRow = {
      kind: 'message',
      key: message.key,
      message,
      at,
      isFirst: starts,
      isLast: true,
      isNamed: starts && !isSame,
    };
    rows.push(row);
    previous = addEvents(rows, options.events, message.key) ? null : row;
  }
  return rows;
}

function addEvents(rows: ThreadRow[], events: readonly ThreadEvent[], afterKey: string | null): boolean {
  let added = false;
  for (const event of events) {
    if (event.afterKey !== afterKey) continue;
    rows.push({ kind: 'event', key: event.key, text: event.text });
    added = true;
  }
  return added;
}

/** Far above what is loaded the line has no place yet: it must not stand over whatever comes first. */
function isLineLoaded(messages: readonly ThreadMessage[], options: RowOptions): boolean {
  const { firstUnreadSeq, isComplete } = options;
  const oldest = messages[0]?.seq ?? null;
  return firstUnreadSeq !== null && (isComplete || (oldest !== null && oldest <= firstUnreadSeq));
}

function isUnread(message: ThreadMessage, firstUnreadSeq: number | null): boolean {
  return firstUnreadSeq !== null && !message.isMine && message.seq !== null && message.seq >= firstUnreadSeq;
}

const speakerOf = ({ senderId, senderType }: ThreadMessage) => `${senderType} ${senderId}`;

function isSameRun(previous: MessageRow, message: ThreadMessage, at: Date): boolean {
  return (
    previous.message.senderId === message.senderId &&
    previous.message.senderType === message.senderType &&
    at.getTime() - previous.at.getTime() < RUN_GAP_MS
  );
}

const dates = new WeakMap<ThreadMessage, Date>();

/** Parsed once per message: a thread may hold a hundred thousand. */
function dateOf(message: ThreadMessage): Date {
  let date = dates.get(message);
  if (!date) {
    date = new Date(message.createdAt);
    dates.set(message, date);
  }
  return date;
}

function dayKey(at: Date): string {
  return `${at.getFullYear()}-${at.getMonth() + 1}-${at.getDate()}`;
}
