import type { AnyHttp, MessageVersion } from './everyday-api.ts';
import { done, type Http, take } from './http.ts';

/* Calls that only menus and dialogs make: each is a function of its own, so that it comes with whoever needs it. */

export type { MessageVersion };

const anyOf = (http: Http) => http as unknown as AnyHttp;

export async function listVersions(http: Http, id: string, messageId: string): Promise<MessageVersion[]> {
  const path = '/api/chat/conversations/{id}/messages/{messageId}/versions';
  const answer = await take(anyOf(http).GET(path, { params: { path: { id, messageId } } }));
  return (answer as { versions: MessageVersion[] }).versions;
}

export async function sendReport(
  http: Http,
  id: string,
  report: { messageId?: string | undefined; reason: string; text?: string | undefined },
): Promise<void> {
  const path = '/api/chat/conversations/{id}/report';
  await done(anyOf(http).POST(path, { params: { path: { id } }, body: report }));
}
