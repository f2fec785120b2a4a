import '@haggle/react/styles.css';
import {
  ChatPage,
  HaggleProvider,
  useConnection,
  useConversations,
  useMarkRead,
  useMessages,
  useSendMessage,
  useUnreadCount,
} from '@haggle/react';
import { type ReactNode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** What the tests see and do: the hooks of one conversation, on `window.kit`. */
export interface Kit {
  status: string;
  unread: number;
  conversations: { id: string; lastMessage: string | null; unreadCount: number }[];
  loading: string;
  messages: { key: string; seq: number | null; text: string; status: string; isMine: boolean }[];
  blockedUntil: number | null;
  hasOlder: boolean;
  send: (text: string) => string;
  retry: (key: string) => void;
  loadOlder: () => Promise<void>;
  reconnect: () => void;
}

declare global {
  interface Window {
    kit: Kit;
    /** Cuts every connection, as a network would. */
    cut: () => void;
    /** Opens another conversation in the page that shows them all. */
    openConversation: (id: string) => void;
  }
}

const sockets = new Set<WebSocket>();
window.WebSocket = class extends WebSocket {
  constructor(url: string | URL) {
    super(url);
    sockets.add(this);
  }
};
window.cut = () => {
  for (const socket of sockets) socket.close();
  sockets.clear();
};

const parameters = new URLSearchParams(location.search);
const parameter = (name: string) => parameters.get(name) ?? '';

async function getToken(): Promise<string | null> {
  const answer = await fetch(`/chat-token?user=${parameter('user')}`);
  return ((await answer.json()) as { token: string | null }).token;
}

function App(): ReactNode {
  const id = parameter('conversation');
  const { status, reconnect } = useConnection();
  const { conversations } = useConversations();
  const thread = useMessages(id);
  const { send, retry, blockedUntil } = useSendMessage(id);
  const unread = useUnreadCount();
  const newest = thread.messages.findLast((message) => message.seq !== null);
  const seen = newest?.id != null && newest.seq !== null ? { id: newest.id, seq: newest.seq } : null;
  useMarkRead(parameter('reads') === 'no' ? null : id, seen);
  useEffect(() => {
    window.kit = {
      status,
      unread,
      conversations: conversations.map(({ id, lastMessage, unreadCount }) => ({
        id,
        lastMessage,
        unreadCount,
      })),
      loading: thread.status,
      messages: thread.messages.map(({ key, seq, text, status, isMine }) => ({
        key,
        seq,
        text,
        status,
        isMine,
      })),
      blockedUntil,
      hasOlder: thread.hasOlder,
      send: (text) => send({ text }),
      retry,
      loadOlder: thread.loadOlder,
      reconnect,
    };
  });
  return (
    <ol>
      {thread.messages.map((message) => (
        <li key={message.key}>{message.text}</li>
      ))}
    </ol>
  );
}

function Page(): ReactNode {
  const [id, setId] = useState<string | null>(parameter('conversation'));
  window.openConversation = setId;
  return <ChatPage conversationId={id} onConversationChange={setId} />;
}

const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <HaggleProvider baseUrl={parameter('server')} getToken={getToken}>
      {parameter('look') === 'page' ? <Page /> : <App />}
    </HaggleProvider>,
  );
}
