import { HaggleError } from './errors.ts';
import type { AnyHttp, FilePage, FoundPage, Preferences, ReportReason, SavedReply } from './everyday-api.ts';
import { done, type Http, take } from './http.ts';
import type { MessageVersion } from './types.ts';

/* Calls that only menus and dialogs make: each is a function of its own, so that it comes with whoever needs it. */

const anyOf = (http: Http) => http as unknown as AnyHttp;

export async function listVersions(http: Http, id: string, messageId: string): Promise<MessageVersion[]> {
  const path = '/api/chat/conversations/{id}/messages/{messageId}/versions';
  return (await take(http.GET(path, { params: { path: { id, messageId } } }))).versions;
}

export async function sendReport(
  http: Http,
  id: string,
  report: { messageId?: string | undefined; reason: ReportReason; text?: string | undefined },
): Promise<void> {
  const path = '/api/chat/conversations/{id}/report';
  const body = { ...report, messageId: report.messageId ?? null, text: report.text ?? null };
  await done(http.POST(path, { params: { path: { id } }, body }));
}

export async function searchMessages(
  http: Http,
  query: { q: string; conversationId?: string | undefined; cursor?: string | undefined },
  signal: AbortSignal,
): Promise<FoundPage> {
  const asked = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
  return (await take(anyOf(http).GET('/api/chat/search', { params: { query: asked }, signal }))) as FoundPage;
}

export async function listFiles(
  http: Http,
  id: string,
  cursor: string | null,
  signal: AbortSignal,
): Promise<FilePage> {
  const query = cursor === null ? {} : { cursor };
  const path = '/api/chat/conversations/{id}/files';
  return (await take(anyOf(http).GET(path, { params: { path: { id }, query }, signal }))) as FilePage;
}

const repliesPath = '/api/chat/replies';
const replyPath = '/api/chat/replies/{id}';

export async function listReplies(http: Http): Promise<SavedReply[]> {
  return (await take(http.GET(repliesPath))).replies;
}

/** Without an id it is a new one. */
export async function saveReply(http: Http, { id, ...body }: Omit<SavedReply, 'id'> & { id: string | null }) {
  await done(
    id === null ? http.POST(repliesPath, { body }) : http.PUT(replyPath, { params: { path: { id } }, body }),
  );
}

export async function deleteReply(http: Http, id: string): Promise<void> {
  await done(http.DELETE(replyPath, { params: { path: { id } } }));
}

const preferencesPath = '/api/chat/preferences';

export async function getPreferences(http: Http): Promise<Preferences> {
  return (await take(anyOf(http).GET(preferencesPath))) as Preferences;
}

export async function putPreferences(http: Http, body: Preferences): Promise<void> {
  await done(anyOf(http).PUT(preferencesPath, { body }));
}

/** Null where the server sends none. */
export async function getPushKey(http: Http): Promise<string | null> {
  try {
    return ((await take(anyOf(http).GET('/api/chat/push/key'))) as { publicKey: string }).publicKey;
  } catch (error) {
    if (error instanceof HaggleError && error.status === 404) return null;
    throw error;
  }
}

const subscriptionsPath = '/api/chat/push/subscriptions';

export async function addPushSubscription(http: Http, subscription: PushSubscriptionJSON): Promise<void> {
  await done(anyOf(http).POST(subscriptionsPath, { body: subscription }));
}

export async function removePushSubscription(http: Http, endpoint: string): Promise<void> {
  await done(anyOf(http).DELETE(subscriptionsPath, { body: { endpoint } }));
}
