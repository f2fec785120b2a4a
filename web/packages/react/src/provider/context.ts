import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Drafts } from '../client/drafts.ts';
import type { Store } from '../client/store.ts';
import type { DraftUploads } from '../client/uploads/draft-uploads.ts';
import type { ChatData } from '../query/chat-data.ts';

export interface Chat extends ChatData {
  drafts: Drafts;
  uploads: DraftUploads;
}

export const ChatContext = createContext<Chat | null>(null);

/** Everything the nearest provider has. */
export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (chat === null) throw new Error('Haggle hooks and components need a <HaggleProvider> around them');
  return chat;
}

export function useStore<T>(store: Pick<Store<T>, 'get' | 'subscribe'>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
