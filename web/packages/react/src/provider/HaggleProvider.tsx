import { QueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { createHaggleClient, type HaggleClient } from '../client/client.ts';
import { createDrafts } from '../client/drafts.ts';
import type { Me } from '../client/types.ts';
import { createDraftUploads } from '../client/uploads/draft-uploads.ts';
import { createChatData } from '../query/chat-data.ts';
import { claimCache, noteUser } from './cache-owner.ts';
import { type Chat, ChatContext } from './context.ts';
import { keepSaved } from './keep-saved.ts';

export interface HaggleProviderProps {
  /** Where the server is, without a slash at the end; same origin by default. */
  baseUrl?: string | undefined;
  /** Resolves to a signed token, or to null when nobody is signed in. Without it the session cookie counts. */
  getToken?: (() => Promise<string | null>) | undefined;
  /**
   * Who is signed in, when the page knows it already; otherwise the token or the server tells. With a session cookie
   * it is what lets the tabs share one socket.
   */
  user?: Me | undefined;
  /** By default the provider has its own, so that the page's defaults and Haggle's do not meet. */
  queryClient?: QueryClient | undefined;
  /** One made by `createHaggleClient`, instead of the three settings above. */
  client?: HaggleClient | undefined;
  children: ReactNode;
}

/** Connects everything inside of it to the server, as one user. */
export function HaggleProvider(props: HaggleProviderProps): ReactNode {
  const client = useClient(props);
  const [ownQueryClient] = useState(() => new QueryClient());
  const queryClient = props.queryClient ?? ownQueryClient;
  const chat = useMemo<Chat>(() => {
    // Here and not in an effect: the very next thing is that somebody reads the cache.
    claimCache(queryClient, client);
    const { environment, upload, serverLimits } = client;
    const uploads = createDraftUploads({ environment, upload, limits: serverLimits.get });
    return { ...createChatData(client, queryClient), drafts: createDrafts(), uploads };
  }, [client, queryClient]);
  useEffect(() => run(chat), [chat]);
  return <ChatContext.Provider value={chat}>{props.children}</ChatContext.Provider>;
}

/** A new client only for another server or another person; a new `getToken` function with each render is the same. */
function useClient(props: HaggleProviderProps): HaggleClient {
  const { baseUrl, user, client } = props;
  const getToken = useRef(props.getToken);
  getToken.current = props.getToken;
  const usesTokens = props.getToken !== undefined;
  const latestUser = useRef(user);
  latestUser.current = user;
  const userId = user?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the id stands for the user
  return useMemo(
    () =>
      client ??
      createHaggleClient({
        baseUrl,
        user: latestUser.current,
        getToken: usesTokens ? async () => (await getToken.current?.()) ?? null : undefined,
      }),
    [client, baseUrl, usesTokens, userId],
  );
}

function run(chat: Chat): () => void {
  const { client, drafts, uploads, queryClient } = chat;
  const meet = () => {
    noteUser(queryClient, client);
    drafts.use(client.me.get()?.id ?? null);
    uploads.use(client.me.get()?.id ?? null);
  };
  const goOn = () => {
    if (client.connection.get().status === 'online') uploads.wake();
  };
  const stopMeeting = client.me.subscribe(meet);
  const stopWaiting = client.connection.subscribe(goOn);
  // A server that takes messages takes files too, whatever the socket has noticed of its being away.
  const stopHearing = client.onSent(uploads.wake);
  drafts.start();
  uploads.start();
  meet();
  queryClient.mount();
  const stopData = chat.start();
  const saved = keepSaved(chat);
  let isOver = false;
  const start = () => {
    if (!isOver) client.start();
  };
  // What was seen before the reload is what the connection says it has.
  if (saved.loaded === null) start();
  else void saved.loaded.then(start);
  return () => {
    isOver = true;
    saved.stop();
    client.stop();
    stopData();
    queryClient.unmount();
    drafts.stop();
    uploads.stop();
    stopWaiting();
    stopHearing();
    stopMeeting();
  };
}
