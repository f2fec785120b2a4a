import type { FileInfo } from '@kit/client/index.ts';
import { plainMessage, type ThreadMessage } from '@kit/hooks/results.ts';
import { mara, suppliers } from './people.ts';

const picture: FileInfo = {
  id: 'f1',
  name: 'tote-sample-front.jpg',
  type: 'image/jpeg',
  size: 482_113,
  width: 1600,
  height: 1200,
  url: './pictures/0.svg',
  thumbnailUrl: './pictures/0.svg',
};
const sheet: FileInfo = {
  id: 'f2',
  name: 'price-list-2026-spring-wholesale-EUR.xlsx',
  type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  size: 38_400,
  url: './pictures/0.svg',
};

interface Line {
  mine?: boolean;
  text: string;
  minutesAgo: number;
  files?: FileInfo[];
  status?: ThreadMessage['status'];
  problem?: ThreadMessage['problem'];
  more?: Partial<ThreadMessage>;
}

function message(seq: number, line: Line): ThreadMessage {
  const mine = line.mine ?? false;
  const isStored = !line.status || !['queued', 'sending', 'failed'].includes(line.status);
  return {
    key: `m${seq}`,
    id: isStored ? `m${seq}` : null,
    seq: isStored ? seq : null,
    conversationId: 'c1',
    senderId: mine ? mara.id : suppliers.anatolia.id,
    senderName: mine ? mara.name : suppliers.anatolia.name,
    senderType: mine ? 'buyer' : 'supplier',
    isMine: mine,
    text: line.text,
    files: line.files ?? [],
    createdAt: new Date(Date.now() - line.minutesAgo * 60_000).toISOString(),
    status: line.status ?? (mine ? 'read' : 'received'),
    problem: line.problem ?? null,
    ...plainMessage,
    ...line.more,
  };
}

const DAY = 24 * 60;

const lines: Line[] = [
  {
    mine: true,
    text: 'Good morning. We are looking for 5,000 cotton totes for our autumn launch, one-colour print on one side.',
    minutesAgo: 2 * DAY + 60,
  },
  {
    mine: true,
    text: 'Target is 2.30 EUR delivered to Rotterdam. Is that in reach?',
    minutesAgo: 2 * DAY + 59,
  },
  {
    text: 'Good morning Mara, thank you for asking. At 5,000 pieces with a one-colour print we are at 2.55 EUR, FOB Izmir.',
    minutesAgo: 2 * DAY + 31,
  },
  {
    text: 'The cloth is 180 g, GOTS certified. This is the last run we made for a Danish bookshop:',
    minutesAgo: 2 * DAY + 30,
  },
  { text: '', files: [picture], minutesAgo: 2 * DAY + 30 },
  { mine: true, text: 'Looks very good. What would 10,000 do to the price?', minutesAgo: DAY + 200 },
  {
    text: 'Ten thousand brings it to 2.38 EUR. The full list is attached, also see https://anatolia.example/totes?lang=en.',
    files: [sheet],
    minutesAgo: DAY + 170,
  },
  {
    mine: true,
    text: 'Understood. 10,000 is too much for one season, but 5,000 now and 5,000 in March is realistic.\n\nTerms 30/70, inspection before shipment.',
    minutesAgo: 64,
  },
  { mine: true, text: 'Could you hold 2.40 for that?', minutesAgo: 63 },
  { text: 'Let me ask the mill.', minutesAgo: 20 },
  { text: 'We can hold 2.40 EUR for 5,000 pieces if the order is confirmed by Friday.', minutesAgo: 3 },
];

export const talk: ThreadMessage[] = lines.map((line, index) => message(54 + index, line));

export const troubled: ThreadMessage[] = [
  ...talk,
  message(65, {
    mine: true,
    text: 'Deal. Please send the pro forma invoice.',
    minutesAgo: 2,
    status: 'delivered',
  }),
  message(66, {
    mine: true,
    text: 'And the packing details, please.',
    minutesAgo: 1,
    status: 'failed',
    problem: { code: 'refused', message: 'The server refused it.', retryAt: null },
  }),
  message(67, { mine: true, text: 'Our forwarder needs the carton sizes.', minutesAgo: 0, status: 'queued' }),
];

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const toRead = (seq: number) => {
  const { id, text, senderName } = talk[seq - 54] as ThreadMessage;
  return { id: id ?? '', seq, senderName, preview: text.slice(0, 120), isDeleted: false };
};

/** Answers, reactions, a correction, what was taken back, and what the marketplace says. */
export const lively: ThreadMessage[] = [
  ...talk.map((each, index) =>
    index === 2
      ? { ...each, reactions: [{ emoji: '👍', userIds: [mara.id] }] }
      : index === 8
        ? {
            ...each,
            replyTo: toRead(56),
            editedAt: minutesAgo(61),
            reactions: [
              { emoji: '👀', userIds: [suppliers.anatolia.id] },
              { emoji: '🎉', userIds: [suppliers.anatolia.id, mara.id] },
            ],
          }
        : each,
  ),
  message(65, {
    text: '',
    minutesAgo: 2,
    more: { deletedAt: minutesAgo(1), deletedBy: suppliers.anatolia.id },
  }),
  message(66, {
    text: 'The conversation was closed.',
    minutesAgo: 1,
    more: {
      kind: 'system',
      senderId: null,
      system: { event: 'closed', actorId: suppliers.anatolia.id, reason: 'The order is placed' },
    },
  }),
  message(67, { text: 'Thank you for the order.', minutesAgo: 1, more: { replyTo: toRead(61) } }),
];

const WORDS =
  'we can ship the second half in March when the mill has finished the dyeing and the cartons are marked as agreed'.split(
    ' ',
  );

/** Message number `seq` of a very long conversation, always the same. */
export function nth(seq: number, total: number): ThreadMessage {
  const length = 3 + ((seq * 7919) % 40);
  const text = Array.from({ length }, (_, index) => WORDS[(seq + index * 3) % WORDS.length]).join(' ');
  const { width: _width, height: _height, ...unmeasured } = picture;
  const files = seq % 17 === 0 ? [{ ...(seq % 2 === 0 ? picture : unmeasured), id: `f${seq}` }] : [];
  return message(seq, { mine: seq % 5 < 2, text: `#${seq} ${text}`, files, minutesAgo: (total - seq) * 7 });
}

export function range(from: number, to: number, total: number): ThreadMessage[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => nth(from + index, total));
}

/** What stands in a long conversation: one line each, or anything from a line to a picture. */
export type Kinds = 'short' | 'mixed';

export function stretch(kinds: Kinds, from: number, to: number, total: number): ThreadMessage[] {
  if (kinds === 'mixed') return range(from, to, total);
  return range(from, to, total).map((each) => ({ ...each, text: `#${each.seq} ok`, files: [] }));
}
