import { type ConversationSettings, defaultServerLimits, HaggleError } from '@kit/client/index.ts';
import type { Scene } from '@kit/components/testing/scene.ts';
import type { Upload } from '@kit/hooks/index.ts';
import { audit } from './audit.ts';
import { conversations } from './conversations.ts';
import { type Kinds, lively, range, stretch, talk, troubled } from './messages.ts';
import { offerScenes } from './offers.ts';
import { mara, noor } from './people.ts';

const buyer: Partial<Scene> = {
  me: { id: mara.id, role: 'buyer' },
  conversations,
  messages: { c1: talk, c2: talk },
  lastSeen: new Date(Date.now() - 26 * 60_000).toISOString(),
};

const many = (total: number, loaded: number): Partial<Scene> => ({
  ...buyer,
  conversations: conversations.map((each) => ({
    ...each,
    lastSeq: total,
    lastReadSeq: total,
    unreadCount: 0,
  })),
  messages: { c1: range(total - loaded + 1, total, total), c2: talk },
  hasOlder: loaded < total,
  olderPage: (first) => range(Math.max(1, (first?.seq ?? 1) - 50), (first?.seq ?? 1) - 1, total),
});

/** Opened with something unread: `&total=300&unread=40&kinds=short`; the newest fifty are there, older ones come by and by. */
function opening(ask: URLSearchParams): Partial<Scene> {
  const number = (name: string) => Number(ask.get(name));
  const [total, unread, kinds] = [number('total'), number('unread'), ask.get('kinds') as Kinds];
  const loaded = Math.max(50, unread);
  return {
    ...many(total, 0),
    conversations: conversations.map((each) => ({
      ...each,
      lastSeq: total,
      lastReadSeq: total - unread,
      unreadCount: unread,
    })),
    firstUnread: { seq: total - unread + 1, count: unread },
    messages: { c1: stretch(kinds, Math.max(1, total - loaded + 1), total, total), c2: talk },
    olderPage: (first) => stretch(kinds, Math.max(1, (first?.seq ?? 1) - 100), (first?.seq ?? 1) - 1, total),
  };
}

const five = ['Good morning,', 'here are', 'our drawings', 'and the logo.', 'Thank you'].join('\n');

const file = (key: string, name: string, problem: Upload['problem']): Upload => ({
  key,
  name,
  size: 1_204_888,
  previewUrl: null,
  status: problem === null ? 'done' : 'failed',
  progress: problem === null ? 1 : 0,
  file: null,
  problem,
});

const crowded: Partial<Scene> = {
  ...buyer,
  drafts: { c1: five, 'new new': five },
  uploads: [
    file('a', 'artwork-tote-final-v3.png', null),
    file('b', 'setup.exe', new HaggleError('refused', 'This type of file is not allowed', { status: 415 })),
    file('c', 'specification.pdf', null),
    file('d', 'showroom-tour.zip', 'too-large'),
    file('e', 'logo-outlines.jpg', null),
    file('f', 'nothing.pdf', 'empty'),
  ],
};

/** Long ones are made when asked for. */
export const longScenes: Record<string, (ask: URLSearchParams) => Partial<Scene>> = {
  opening,
  many: () => many(10_000, 10_000),
  paged: () => many(10_000, 50),
  hundred: () => many(100_000, 100_000),
};

const plain = { isArchived: false, isPinned: false, mutedUntil: null, isMarkedUnread: false };
const later = new Date(Date.now() + 8 * 3_600_000).toISOString();
const settingsOf: Record<string, Partial<ConversationSettings>> = {
  c1: { isPinned: true },
  c3: { mutedUntil: later },
  c4: { isMarkedUnread: true },
  c6: { isArchived: true },
};
/** Pinned, muted, marked as unread and archived. */
const states = conversations.map((each) => ({ ...each, settings: { ...plain, ...settingsOf[each.id] } }));

const replies: Scene['replies'] = [
  {
    id: 'r1',
    name: 'Thank you',
    text: 'Thank you for asking, {{buyer}}. We come back to you today.',
    isShared: false,
  },
  {
    id: 'r2',
    name: 'Terms',
    text: '30 % with the order, 70 % before shipment, for {{product}}.',
    isShared: true,
  },
  {
    id: 'r3',
    name: 'Working hours',
    text: 'We are here from Monday to Friday, 8 to 17 o’clock.',
    isShared: true,
  },
];
const sentBy = { senderId: 'u-anatolia', senderName: 'Anatolia Textiles', createdAt: later };
const files: Scene['files'] = talk.flatMap((each) =>
  each.files.map((file) => ({ ...file, messageId: each.id ?? '', seq: each.seq ?? 0, ...sentBy })),
);
const found = talk
  .filter((each) => each.text.includes('2.4'))
  .map((each) => {
    const at = each.text.indexOf('2.4');
    return {
      conversationId: 'c1',
      message: { ...each, message: each.text, attachments: [], isRead: true },
      snippet: [
        { text: each.text.slice(0, at), isMatch: false },
        { text: each.text.slice(at, at + 4), isMatch: true },
        { text: each.text.slice(at + 4), isMatch: false },
      ],
    };
  }) as unknown as Scene['found'];

export const scenes: Record<string, Partial<Scene>> = {
  ...offerScenes,
  replies: { ...buyer, replies, drafts: { c1: '/' } },
  found: { ...buyer, found },
  filed: {
    ...buyer,
    files: [
      ...files,
      ...[1, 2, 3].map((n) => ({
        ...(files[0] as (typeof files)[number]),
        id: `p${n}`,
        url: `./pictures/${n}.svg`,
        thumbnailUrl: `./pictures/${n}.svg`,
      })),
    ],
    preferences: {
      email: 'hourly',
      push: true,
      quietHours: { from: '20:00', to: '07:00', timeZone: 'Europe/Berlin' },
      language: 'en',
    },
  },
  states: { ...buyer, conversations: states },
  closed: {
    ...buyer,
    conversations: states.map((each) =>
      each.id === 'c1' ? { ...each, closedAt: later, closedReason: 'The order is placed.' } : each,
    ),
  },
  blocked: {
    ...buyer,
    conversations: states.map((each) => (each.id === 'c1' ? { ...each, blockedBy: mara.id } : each)),
  },
  page: buyer,
  lively: {
    ...buyer,
    messages: { c1: lively },
    limits: { ...defaultServerLimits, editMinutes: 90, retractMinutes: 90 },
  },
  replying: {
    ...buyer,
    messages: { c1: lively },
    writing: {
      c1: {
        kind: 'reply',
        to: {
          id: 'm64',
          seq: 64,
          senderName: 'Anatolia Textiles',
          preview: 'We can hold 2.40 EUR for 5,000 pieces if the order is confirmed by Friday.',
          isDeleted: false,
        },
      },
    },
  },
  correcting: {
    ...buyer,
    messages: { c1: lively },
    drafts: { 'correct m62': 'Could you hold 2.45 for that?', c1: 'Half a sentence' },
    writing: { c1: { kind: 'correct', messageId: 'm62', text: 'Could you hold 2.40 for that?' } },
  },
  unread: { ...buyer, firstUnread: { seq: 63, count: 2 } },
  typing: { ...buyer, typing: [{ userId: 'u-anatolia', name: 'Anatolia Textiles' }] },
  failed: { ...buyer, messages: { c1: troubled } },
  offline: { ...buyer, connection: 'offline', messages: { c1: troubled } },
  loading: { ...buyer, listStatus: 'pending', threadStatus: 'pending' },
  error: { ...buyer, listStatus: 'error', threadStatus: 'error' },
  empty: { ...buyer, conversations: [] },
  fresh: { ...buyer, messages: {} },
  limited: {
    ...buyer,
    blockedUntil: Date.now() + 24_000,
    drafts: { c1: 'One more thing: which colours are in stock?' },
  },
  files: {
    ...buyer,
    drafts: { c1: 'Here is our artwork.', c3: 'Could you also' },
    uploads: [
      {
        key: 'a',
        name: 'artwork-tote-final-v3.png',
        size: 1_204_888,
        previewUrl: './pictures/1.svg',
        status: 'done',
        progress: 1,
        file: null,
        problem: null,
      },
      {
        key: 'b',
        name: 'specification.pdf',
        size: 18_220_411,
        previewUrl: null,
        status: 'uploading',
        progress: 0.62,
        file: null,
        problem: null,
      },
      {
        key: 'c',
        name: 'showroom-tour.zip',
        size: 48_220_411,
        previewUrl: null,
        status: 'failed',
        progress: 0,
        file: null,
        problem: 'too-large',
      },
      {
        key: 'd',
        name: 'logo-outlines.jpg',
        size: 604_888,
        previewUrl: './pictures/2.svg',
        status: 'failed',
        progress: 0.4,
        file: null,
        problem: new HaggleError('network', 'The server could not be reached'),
      },
    ],
  },
  crowded,
  editing: {
    ...buyer,
    messages: { c1: troubled },
    drafts: Object.fromEntries(
      troubled
        .filter((each) => each.status === 'failed')
        .map((each) => [`edit ${each.key}`, `${each.text} And could you send a sample first?`]),
    ),
  },
  long: { ...buyer, drafts: { c1: 'One line of many. '.repeat(700) } },
  away: { ...buyer, connection: 'reconnecting', me: { id: noor.id, role: 'admin' } },
  admin: {
    ...buyer,
    audit,
    me: { id: noor.id, role: 'admin' },
    messages: { c1: talk.map((each) => ({ ...each, isMine: false, status: 'received' })) },
  },
};
