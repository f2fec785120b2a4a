import type { Conversation, ConversationFilter } from '../client/types.ts';
import { activityOf, isMuted } from './conversation.ts';
import type { CacheView } from './draft.ts';
import { type ConversationList, type Conversations, filterOf, keys, type ListPage } from './keys.ts';
import { isWaiting, roleIn } from './people.ts';

/**
 * The place of a conversation in every list: what is pinned first, then by activity. The newest first means the largest
 * first; ids decide between equals.
 */
export function placeOf(conversation: Conversation): string {
  const pinned = conversation.settings?.isPinned ? 1 : 0;
  return `${pinned} ${activityOf(conversation)} ${conversation.id}`;
}

/** What a list shows, in order. */
export function conversationsOf(
  list: ConversationList,
  filter: ConversationFilter,
  known: Conversations,
  me: string | null,
): Conversation[] {
  if (!isSearch(filter))
    return newestFirst(Object.values(known).filter((one) => matches(filter, one, me) && reaches(list, one)));
  const found = [...new Set(list.pages.flatMap((page) => page.ids))].flatMap((id) => known[id] ?? []);
  // Who has waited longest, only the server knows.
  return filter.sort === undefined ? newestFirst(found) : found;
}

/** What is known of a list that cannot be asked for, every word of a search in it. */
export function localMatches(
  filter: ConversationFilter,
  known: Conversations,
  me: string | null,
): Conversation[] {
  const words = fold(filter.q ?? '').split(/\s+/);
  const has = (one: Conversation) => {
    const text = fold(searched(one));
    return words.every((word) => text.includes(word));
  };
  return newestFirst(Object.values(known).filter((one) => matches(filter, one, me) && has(one)));
}

function searched({ participants, product, lastMessage }: Conversation): string {
  const { buyer, supplier, admin } = participants;
  return [buyer.name, supplier?.name, admin?.name, product?.name, lastMessage].join(' ');
}

/** Without case and accents, and with one kind of apostrophe, as near to the server's way as matters without it. */
const fold = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019\u02BC]/g, "'")
    .toLowerCase()
    .trim();

function newestFirst(conversations: Conversation[]): Conversation[] {
  return conversations
    .map((conversation) => ({ conversation, place: placeOf(conversation) }))
    .sort((a, b) => (a.place < b.place ? 1 : -1))
    .map(({ conversation }) => conversation);
}

/**
 * Conversations that we know and that the server, asked for this stretch of the list, did not name. They were changed
 * or removed while nobody told us.
 */
export function missingFrom(
  page: ListPage,
  from: string | null,
  filter: ConversationFilter,
  known: Conversations,
  me: string | null,
): Conversation[] {
  if (isSearch(filter)) return [];
  const named = new Set(page.ids);
  const { until, next } = page;
  return Object.values(known).filter((conversation) => {
    const place = placeOf(conversation);
    const isInside = (from === null || place < from) && (next === null || (until !== null && place >= until));
    return isInside && !named.has(conversation.id) && matches(filter, conversation, me);
  });
}

/** The total of unread messages, if every conversation is known: a list without filters is loaded to its end. */
export function unreadOfAll(cache: CacheView, now: number): number | null {
  const knowsAll = cache.lists().some(([key, list]) => isWhole(filterOf(key)) && isComplete(list));
  if (!knowsAll) return null;
  const known = Object.values(cache.get(keys.conversations) ?? {});
  return known.reduce((sum, one) => sum + countedIn(one, now), 0);
}

/** What a conversation adds to the badge: nothing while it is muted. */
export function countedIn({ unreadCount, settings }: Conversation, now: number): number {
  return isMuted(settings, now) ? 0 : unreadCount;
}

function isWhole({ view: _, ...rest }: ConversationFilter): boolean {
  return Object.values(rest).every((each) => each === undefined);
}

/** How many conversations have something unread, where all of them are known. */
export function unreadConversations(
  list: ConversationList,
  known: Conversations,
  now: number,
): number | null {
  if (!isComplete(list)) return null;
  return Object.values(known).filter(
    (one) => !one.settings?.isArchived && !isMuted(one.settings, now) && isUnread(one),
  ).length;
}

export function isUnread({ unreadCount, settings }: Conversation): boolean {
  return unreadCount > 0 || settings?.isMarkedUnread === true;
}

function isComplete(list: ConversationList): boolean {
  return list.pages.at(-1)?.next === null;
}

/**
 * A search shows what the server found when it was asked; only the server knows how it looks for words, and who owes an
 * answer.
 */
function isSearch(filter: ConversationFilter): boolean {
  return filter.q !== undefined || isAsked(filter);
}

/** What a message may move in or out of, and only the server knows. */
export function isAsked({ needsReply, sort, offers }: ConversationFilter): boolean {
  return needsReply === true || sort !== undefined || offers !== undefined;
}

function matches(filter: ConversationFilter, conversation: Conversation, me: string | null): boolean {
  if (filter.type !== undefined && filter.type !== conversation.type) return false;
  if (filter.waiting && !isWaiting(conversation)) return false;
  const { isArchived = false, isPinned = false } = conversation.settings ?? {};
  if (filter.q === undefined && isArchived !== (filter.archived === true)) return false;
  if (filter.pinned && !isPinned) return false;
  // By the clock of this device, as the badge.
  if (filter.unread && (!isUnread(conversation) || isMuted(conversation.settings, Date.now()))) return false;
  return filter.view !== 'mine' || (me !== null && roleIn(conversation, me) !== null);
}

/** Whether the loaded part of the list covers this conversation; further down it comes with its page. */
function reaches(list: ConversationList, conversation: Conversation): boolean {
  const until = list.pages.at(-1)?.until ?? null;
  return isComplete(list) || (until !== null && placeOf(conversation) >= until);
}
