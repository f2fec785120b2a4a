import { type Person, type Visitor, visitor } from './shop.ts';

/** What somebody has been told is stored. */
interface Said {
  by: Person;
  conversationId: string;
  text: string;
}

interface OldMessage {
  message: string;
  attachments: string[] | null;
}

/** The old chat by its own API, with what it acknowledged. */
export interface OldChat {
  as: (person: Person) => Visitor;
  /** As a click on "Ask about this" does. */
  open: (person: Person, productId?: string) => Promise<string>;
  say: (person: Person, conversationId: string, text: string, attachments?: string[]) => Promise<void>;
  texts: (person: Person, conversationId: string) => Promise<string[]>;
  said: Said[];
  /** Whose each conversation is. */
  buyers: Map<string, Person>;
}

export async function oldChat(url: string, people: Person[]): Promise<OldChat> {
  const visitors = new Map<Person, Visitor>();
  for (const person of people) visitors.set(person, await visitor(url, person));
  const as = (person: Person): Visitor => {
    const found = visitors.get(person);
    if (!found) throw new Error(`${person} has not logged in`);
    return found;
  };
  const said: Said[] = [];
  const buyers = new Map<string, Person>();
  return {
    as,
    said,
    buyers,
    open: async (person, productId) => {
      const { id } = await as(person).ask<{ id: string }>('POST', '/conversations', { productId });
      buyers.set(id, person);
      return id;
    },
    say: async (by, conversationId, text, attachments = []) => {
      await as(by).ask('POST', `/conversations/${conversationId}/messages`, { message: text, attachments });
      said.push({ by, conversationId, text });
    },
    texts: async (person, conversationId) =>
      (await as(person).ask<OldMessage[]>('GET', `/conversations/${conversationId}/messages`)).map(
        (one) => one.message,
      ),
  };
}

/** People who go on writing, each as fast as the shop answers, until they are told to stop. */
export function traffic(chat: OldChat, writers: { person: Person; conversationId: string }[]) {
  let isOn = true;
  const work = writers.map(async ({ person, conversationId }) => {
    for (let count = 1; isOn; count += 1) {
      await chat.say(person, conversationId, `${person} under way ${count}`);
      await chat.as(person).ask('POST', `/conversations/${conversationId}/read`);
    }
  });
  return {
    stop: async () => {
      isOn = false;
      await Promise.all(work);
    },
  };
}

/** What somebody finds in Haggle, in all their conversations, each from its oldest message on. */
export async function allInHaggle(reader: Visitor): Promise<string[]> {
  const list = await reader.ask<{ conversations: { id: string }[] }>('GET', '/chat/conversations');
  const texts = await Promise.all(list.conversations.map((one) => textsInHaggle(reader, one.id)));
  return texts.flat();
}

/** All of a conversation in Haggle, oldest first. */
async function textsInHaggle(reader: Visitor, conversationId: string): Promise<string[]> {
  const texts: string[] = [];
  for (let before = ''; ; ) {
    const path = `/chat/conversations/${conversationId}/messages?limit=100&markRead=false${before}`;
    const page = await reader.ask<{
      messages: { message: string }[];
      hasMore: boolean;
      nextCursor: string | null;
    }>('GET', path);
    texts.push(...page.messages.map((one) => one.message));
    if (!page.hasMore) return texts.toReversed();
    before = `&before=${page.nextCursor}`;
  }
}
