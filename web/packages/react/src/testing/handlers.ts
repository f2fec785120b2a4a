import { type DefaultBodyType, HttpResponse, type HttpResponseResolver, http, type PathParams } from 'msw';
import type { NewOffer } from '../client/offers-api.ts';
import type { components, paths } from '../client/schema.ts';
import type { AuditPage, ConversationPage } from '../client/types.ts';
import type { ModelServer } from './model-server.ts';
import type { ModelNegotiated } from './model-types.ts';

type Schemas = components['schemas'];

/** The paths of the document in MSW's spelling; a path that the document does not have does not compile. */
type Path = keyof paths extends infer P extends string ? Msw<P> : never;
type Msw<P extends string> = P extends `${infer Head}{${infer Name}}${infer Tail}`
  ? `${Head}:${Name}${Msw<Tail>}`
  : P;

export const baseUrl = 'http://haggle.test';

/** A token is the word "token" and the user's id, as in the fake gateway. */
function userOf(request: Request): string | null {
  return request.headers.get('Authorization')?.match(/^Bearer token (\S+)/)?.[1] ?? null;
}

function problem(status: number, code: Schemas['Code'], message: string, headers: HeadersInit = {}) {
  const body: Schemas['Problem'] = { error: code, code, message, requestId: 'request-1' };
  return HttpResponse.json(body, { status, headers });
}

const unauthorized = () => problem(401, 'unauthorized', 'Not signed in');
const notFound = () => problem(404, 'conversation_not_found', 'Conversation not found');

function negotiated(result: ModelNegotiated) {
  if (!('code' in result)) return result;
  const { code, offer } = result;
  const body: Schemas['Problem'] = { error: 'Conflict', code, message: code, requestId: 'request-1', offer };
  return HttpResponse.json(body, { status: 409 });
}

/** Whatever the model says, over HTTP. `interfere` may answer first: with a 429, a 500, or an error of the network. */
export function createHandlers(
  model: ModelServer,
  interfere: (request: Request) => Response | undefined = () => undefined,
) {
  function on<Answer extends DefaultBodyType>(
    method: 'get' | 'post' | 'patch' | 'put' | 'delete',
    path: Path,
    answer: (
      user: string,
      id: string,
      request: Request,
      place: Readonly<Record<string, string>>,
    ) => Promise<Answer | Response> | Answer | Response,
  ) {
    const resolver: HttpResponseResolver<PathParams, DefaultBodyType> = async ({ request, params }) => {
      const early = interfere(request);
      if (early !== undefined) return early;
      const user = userOf(request);
      if (user === null) return unauthorized();
      const place = params as Record<string, string>;
      const result = await answer(user, place['id'] ?? '', request, place);
      return result instanceof Response ? result : HttpResponse.json(result);
    };
    return http[method](`${baseUrl}${path}`, resolver);
  }

  const query = (request: Request) => Object.fromEntries(new URL(request.url).searchParams);

  return [
    on<ConversationPage>('get', '/api/chat/conversations', (user, _id, request) => {
      const { limit, cursor, type, q, view, waiting } = query(request);
      const filter = {
        type: type as never,
        q,
        view: view as never,
        ...(waiting === 'true' && { waiting: true as const }),
      };
      return model.list(user, filter, cursor ?? null, Number(limit ?? 100));
    }),
    on<Schemas['Conversation']>('post', '/api/chat/conversations', async (user, _id, request) =>
      model.open(user, (await request.json()) as Schemas['OpenConversation']),
    ),
    on<Schemas['Conversation']>('get', '/api/chat/conversations/:id', (user, id) => {
      return model.conversation(user, id) ?? notFound();
    }),
    on('post', '/api/chat/conversations/:id/join', (user, id) => {
      if (!model.join(user, id)) return problem(409, 'conflict', 'Somebody else has joined');
      return model.conversation(user, id) ?? notFound();
    }),
    on('post', '/api/chat/conversations/:id/leave', (user, id) => {
      if (!model.leave(user, id)) return problem(409, 'conflict', 'Not joined');
      return model.conversation(user, id) ?? notFound();
    }),
    on<Schemas['MessagePage']>('get', '/api/chat/conversations/:id/messages', (user, id, request) => {
      const { before, after, around, limit } = query(request);
      const place = { before, after, around, limit: Number(limit ?? 50) };
      return model.messages(user, id, place) ?? notFound();
    }),
    on<Schemas['ConversationEventPage']>('get', '/api/chat/conversations/:id/events', (user, id) => {
      const events = model.events(user, id);
      return events === null ? notFound() : { events, hasMore: false, nextCursor: null };
    }),
    on<Schemas['SentMessage']>('post', '/api/chat/conversations/:id/messages', async (user, id, request) => {
      const { content, clientMessageId } = (await request.json()) as Schemas['SendMessage'];
      return { message: model.send(user, id, { content: content ?? '', clientMessageId }) };
    }),
    on<Schemas['SentMessage']>(
      'patch',
      '/api/chat/conversations/:id/messages/:messageId',
      async (user, id, request, { messageId = '' }) => {
        const { content } = (await request.json()) as Schemas['CorrectMessage'];
        const message = model.edit(user, id, messageId, content);
        return message === null ? problem(409, 'deleted', 'It was taken back') : { message };
      },
    ),
    on<Schemas['SentMessage']>(
      'delete',
      '/api/chat/conversations/:id/messages/:messageId',
      (user, id, _request, { messageId = '' }) => {
        const message = model.takeBack(user, id, messageId);
        return message === null ? problem(409, 'deleted', 'It was taken back') : { message };
      },
    ),
    ...(['put', 'delete'] as const).map((method) =>
      on<Schemas['SentMessage']>(
        method,
        '/api/chat/conversations/:id/messages/:messageId/reactions/:emoji',
        (user, id, _request, { messageId = '', emoji = '' }) => {
          const message = model.react(user, id, messageId, emoji, method === 'put');
          return message === null ? problem(409, 'deleted', 'It was taken back') : { message };
        },
      ),
    ),
    on<Schemas['Negotiated']>('post', '/api/chat/conversations/:id/offers', async (user, id, request) => {
      const offer = (await request.json()) as NewOffer;
      return negotiated(model.offer(user, id, offer));
    }),
    ...(['accept', 'decline', 'withdraw'] as const).map((answer) =>
      on<Schemas['Negotiated']>(
        'post',
        `/api/chat/conversations/:id/offers/:offerId/${answer}`,
        async (user, id, request, { offerId = '' }) => {
          const { rev } = (await request.json()) as Schemas['AnswerOffer'];
          return negotiated(model.answer(user, id, offerId, answer, rev));
        },
      ),
    ),
    on<Schemas['MarkedRead']>('patch', '/api/chat/conversations/:id/read', async (user, id, request) => {
      const { upTo } = (await request.json()) as Schemas['MarkRead'];
      model.markRead(user, id, upTo);
      return { success: true, unreadCount: model.conversation(user, id)?.unreadCount ?? 0 };
    }),
    on<Schemas['UnreadCount']>('get', '/api/chat/unread-count', (user) => ({
      count: model.unreadCount(user),
    })),
    on<Schemas['UserStatus']>(
      'get',
      '/api/chat/users/:id/status',
      (_user, id) => model.status(id) ?? notFound(),
    ),
    on<Schemas['NotificationPage']>('get', '/api/chat/notifications', () => {
      return { notifications: [], hasMore: false, nextCursor: null };
    }),
    on('patch', '/api/chat/notifications/read', () => ({ count: 0 })),
    on<Schemas['Limits']>('get', '/api/chat/limits', () => ({
      messageCharacters: 10_000,
      attachmentBytes: 25 * 1024 * 1024,
      attachmentsPerMessage: 10,
      attachmentTypes: [{ type: 'application/pdf', endings: ['pdf'] }],
      messagesPerMinute: 10,
      conversationsPerHour: 5,
      editMinutes: 15,
      retractMinutes: 15,
      offers: true,
    })),
    // The model knows of neither: whoever tests them answers first.
    on('get', '/api/chat/preferences', notFound),
    on('put', '/api/chat/preferences', notFound),
    on('get', '/api/chat/push/key', notFound),
    on('post', '/api/chat/push/subscriptions', notFound),
    on<AuditPage>('get', '/api/chat/audit', () => ({
      entries: [],
      hasMore: false,
      nextCursor: null,
    })),
    on<Schemas['File']>('post', '/api/chat/attachments', async (_user, _id, request) => {
      const file = (await request.formData()).get('file') as File;
      const stored: Schemas['File'] = {
        id: `file-${file.name}`,
        name: file.name,
        type: file.type,
        size: file.size,
        url: `/api/chat/attachments/file-${file.name}`,
      };
      return HttpResponse.json(stored, { status: 201 });
    }),
  ];
}
