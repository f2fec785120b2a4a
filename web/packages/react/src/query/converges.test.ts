// @vitest-environment node
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Conversation, ConversationFilter, Message } from '../client/types.ts';
import { createHarness, type Harness } from '../testing/harness.ts';
import { createModelServer, type ModelServer } from '../testing/model-server.ts';
import { patienceMs, runs } from '../testing/property-runs.ts';
import { type ConversationList, keys } from './keys.ts';
import { conversationsOf } from './lists.ts';

/**
 * Stale state + events = fresh fetch, on the real query cache: people write, read, come and go at random, frames and
 * answers arrive late, in another order, twice or not at all, the connection breaks and resumes; in the end the client
 * shows exactly what a client that starts now would fetch. A frame that was lost while the connection held is seen with
 * the next change of its conversation, so there is one more of each.
 */
const me = { id: 'bob', role: 'supplier' as const };
const admin = { id: 'ann', role: 'admin' as const };
const filters: ConversationFilter[] = [{}, { type: 'buyer_supplier' }];

const item = { name: 'Bolts', quantity: '500', unit: 'pcs', unitPrice: '1.20' };
const terms = { items: [item], currency: 'EUR', validUntil: '2099-01-01T00:00:00.000Z' };

type Command = (model: ModelServer, harness: Harness) => void;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const pick = <T>(values: readonly T[], at: number): T | undefined => values[at % Math.max(1, values.length)];

/** Someone in the conversation, chosen by chance. */
function someoneIn(model: ModelServer, id: string, chance: number): string | undefined {
  const { buyer, supplier, admin: third } = model.conversation('ann', id)?.participants ?? {};
  return pick(
    [buyer?.id, supplier?.id, third?.id].filter((one) => one !== undefined),
    chance,
  );
}

const chance = fc.nat({ max: 1000 });
let sent = 0;

const command: fc.Arbitrary<{ name: string; run: Command }> = fc
  .record({
    name: fc.constantFrom(
      'send',
      'send',
      'send',
      'burst',
      'read',
      'edit',
      'edit',
      'take back',
      'react',
      'react',
      'offer',
      'offer',
      'answer offer',
      'join',
      'leave',
      'open',
      'remove',
      'online',
      'typing',
      'frame',
      'frame',
      'frame',
      'frame twice',
      'frame lost',
      'frames swapped',
      'answer',
      'answer',
      'answer',
      'time',
      'break',
      'connect',
      'connect',
      'list',
      'more',
      'thread',
      'older',
      'newer',
      'jump',
      'newest',
      'unread',
      'refresh',
    ),
    a: chance,
    b: chance,
  })
  .map(({ name, a, b }) => ({
    name: `${name} ${a} ${b}`,
    run: (model, harness) => act(name, a, b, model, harness),
  }));

function act(name: string, a: number, b: number, model: ModelServer, harness: Harness): void {
  const id = pick(model.conversationIds(), a);
  const thread = id === undefined ? undefined : harness.chat.queryClient.getQueryData(keys.thread(id));
  const someone = id === undefined ? undefined : someoneIn(model, id, b);
  switch (name) {
    case 'open':
      model.open(pick(['bea', 'ben'], a) ?? '', {
        supplierId: pick(['bob', 'sam'], b) ?? '',
        productId: `p${a % 4}`,
      });
      return;
    case 'online':
      model.setOnline(pick(['bea', 'ben', 'ann'], a) ?? '', b % 2 === 0);
      return;
    case 'frame':
      harness.deliverFrame();
      return;
    case 'frame twice':
      harness.deliverFrame(true);
      return;
    case 'frame lost':
      harness.loseFrame();
      return;
    case 'frames swapped':
      harness.swapFrames();
      return;
    case 'answer':
      harness.deliverAnswer(a);
      return;
    case 'time':
      vi.advanceTimersByTime(a);
      return;
    case 'break':
      harness.disconnect();
      return;
    case 'connect':
      harness.connect();
      return;
    case 'list':
      harness.showList(pick(filters, a) ?? {});
      return;
    case 'more':
      harness.loadMoreOf(pick(filters, a) ?? {});
      return;
    case 'unread':
      harness.showUnreadCount();
      return;
  }
  if (id === undefined || someone === undefined) return;
  switch (name) {
    case 'send':
    case 'burst':
      for (let count = name === 'burst' ? 30 : 1; count > 0; count -= 1) {
        sent += 1;
        model.send(someone, id, { content: `text ${sent}`, clientMessageId: `key-${sent}` });
      }
      return;
    case 'read': {
      const messages = model.messages(someone, id, { limit: 1000 })?.messages ?? [];
      model.markRead(someone, id, pick(messages, a)?.id ?? null);
      return;
    }
    case 'edit':
    case 'take back':
    case 'react': {
      const message = pick(model.messages(someone, id, { limit: 1000 })?.messages ?? [], a);
      if (message === undefined) return;
      const author = message.senderId ?? '';
      if (name === 'edit') model.edit(author, id, message.id, `changed ${b}`);
      else if (name === 'take back') model.takeBack(author, id, message.id);
      else model.react(someone, id, message.id, pick(['👍', '✅'], b) ?? '', b % 3 !== 0);
      return;
    }
    case 'offer':
    case 'answer offer': {
      const open = model.conversation('ann', id)?.offer;
      const { buyer, supplier } = model.conversation('ann', id)?.participants ?? {};
      const by = pick([buyer?.id ?? '', supplier?.id ?? ''], b) ?? '';
      sent += 1;
      const counters = open?.state === 'open' && b % 3 > 0 ? open.id : undefined;
      if (name === 'offer') model.offer(by, id, { terms, clientMessageId: `key-${sent}`, counters });
      else if (open)
        model.answer(by, id, open.id, pick(['accept', 'decline', 'withdraw'] as const, a) ?? 'accept', 1);
      return;
    }
    case 'join':
      model.join('ann', id);
      return;
    case 'leave':
      model.leave('ann', id);
      return;
    case 'remove':
      // Nobody is told; it is found out with the next connection.
      if (a % 5 !== 0) return;
      model.remove(id);
      harness.disconnect();
      return;
    case 'typing':
      model.typing(someone, id, b % 2 === 0);
      return;
    case 'thread':
      if (model.conversation(me.id, id)?.lastReadSeq !== null) harness.showThread(id);
      return;
    case 'older':
      void harness.chat.threads.loadOlder(id).catch(() => {});
      return;
    case 'newer':
      void harness.chat.threads.loadNewer(id).catch(() => {});
      return;
    case 'newest':
      if (thread) void harness.chat.threads.jumpToNewest(id).catch(() => {});
      return;
    case 'jump':
    case 'refresh': {
      const target = pick(model.messages(me.id, id, { limit: 1000 })?.messages ?? [], b);
      if (!thread || !target) return;
      const work = name === 'jump' ? 'jumpTo' : 'refreshAround';
      void harness.chat.threads[work](id, target.id).catch(() => {});
      return;
    }
  }
}

/** Everything that can still arrive arrives. */
async function settle(model: ModelServer, harness: Harness): Promise<void> {
  harness.connect();
  for (const id of model.conversationIds()) {
    sent += 1;
    const writer = someoneIn(model, id, 0);
    if (writer) model.send(writer, id, { content: `last ${sent}`, clientMessageId: `key-${sent}` });
  }
  let moves = 0;
  for (let quiet = 0; quiet < 3; ) {
    await vi.advanceTimersByTimeAsync(400);
    let moved = false;
    while (harness.deliverFrame() || harness.deliverAnswer()) {
      moved = true;
      moves += 1;
      if (moves > 2000) throw new Error('it never comes to rest');
      await vi.advanceTimersByTimeAsync(1);
    }
    quiet = moved ? 0 : quiet + 1;
  }
}

function expectTruth(model: ModelServer, { chat }: Harness): void {
  const { queryClient } = chat;
  const known = queryClient.getQueryData(keys.conversations) ?? {};
  for (const filter of filters) {
    const list = queryClient.getQueryData<ConversationList>(keys.list(filter));
    if (list === undefined) continue;
    const shown = conversationsOf(list, filter, known, me.id);
    const fresh = model.list(me.id, filter, null, 1000).conversations;
    expect(shown).toEqual(fresh.slice(0, shown.length));
    const isComplete = list.pages.at(-1)?.next === null;
    if (isComplete) expect(shown).toHaveLength(fresh.length);
  }
  for (const [key] of queryClient.getQueriesData({ queryKey: keys.threads })) {
    const id = String(key[2]);
    const thread = queryClient.getQueryData(keys.thread(id));
    const fresh = model.messages(me.id, id, { limit: 10_000 })?.messages.toReversed();
    if (thread === undefined || fresh === undefined) continue;
    expectStretch(thread.messages, fresh, thread.hasOlder, thread.hasNewer);
    expect(withoutPresence(known[id])).toEqual(withoutPresence(model.conversation(me.id, id)));
  }
  const unread = queryClient.getQueryData(keys.unreadCount);
  if (unread !== undefined) expect(unread).toBe(model.unreadCount(me.id));
}

function expectStretch(
  shown: readonly Message[],
  fresh: readonly Message[],
  hasOlder: boolean,
  hasNewer: boolean,
): void {
  const first = shown[0]?.seq ?? 1;
  expect(shown).toEqual(fresh.slice(first - 1, first - 1 + shown.length));
  expect(hasOlder).toBe(first > 1);
  if (!hasNewer) expect(first - 1 + shown.length).toBe(fresh.length);
}

/** Outside of loaded lists nobody asks who is online. */
function withoutPresence(conversation: Conversation | null | undefined): unknown {
  return JSON.parse(JSON.stringify(conversation ?? null), (name, value) =>
    name === 'isOnline' ? null : value,
  );
}

async function play(steps: ((model: ModelServer, harness: Harness) => void)[]): Promise<void> {
  const model = createModelServer(Date.now, 20);
  for (const id of ['bea', 'ben']) model.addUser(id, 'buyer');
  for (const id of ['bob', 'sam']) model.addUser(id, 'supplier');
  model.addUser(admin.id, admin.role);
  for (const product of ['p1', 'p2']) model.open('bea', { supplierId: 'bob', productId: product });
  const harness = createHarness(model, me, { conversations: 3, messages: 4 });
  harness.showUnreadCount();
  try {
    for (const step of steps) {
      step(model, harness);
      await vi.advanceTimersByTimeAsync(0);
    }
    await settle(model, harness);
    expectTruth(model, harness);
  } finally {
    harness.stop();
  }
}

describe('stale state and events', () => {
  it(
    'end as a fresh fetch',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(command, { maxLength: 120, size: 'max' }), (commands) =>
          play(commands.map(({ run }) => run)),
        ),
        runs(150),
      );
    },
    patienceMs,
  );

  const acts = (names: readonly [string, number, number][]) =>
    play(
      names.map(
        ([name, a, b]) =>
          (model, harness) =>
            act(name, a, b, model, harness),
      ),
    );

  it('end so where a message is corrected while its page is on its way, and the socket is away', () =>
    acts([
      ['send', 1, 0],
      ['list', 0, 0],
      ['answer', 1, 0],
      ['thread', 1, 0],
      ['edit', 1, 0],
    ]));

  it('end so where an old page comes after the server was told what is known', () =>
    acts([
      ['send', 1, 0],
      ['thread', 1, 0],
      ['react', 1, 1],
      ['list', 0, 0],
      ['answer', 2, 0],
      ['send', 1, 0],
      ['connect', 0, 0],
      ['answer', 1, 0],
    ]));

  it('end so where the text of a message comes behind what was taken back of it', () =>
    acts([
      ['connect', 0, 0],
      ['frame', 0, 0],
      ['thread', 0, 0],
      ['send', 0, 0],
      ['send', 0, 0],
      ['time', 100, 0],
      ['take back', 0, 0],
      ['answer', 0, 0],
      ['answer', 0, 0],
      ['frame twice', 0, 0],
      ['answer', 0, 0],
      ['frames swapped', 0, 0],
      ['frame twice', 0, 0],
      ['time', 600, 0],
    ]));
});
