import { forwardRef, useState } from 'react';
import { useConversations, useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { ChatPage, type ChatPageProps, type ListSlot } from '../ChatPage/ChatPage.tsx';
import { ListHead } from '../ChatPage/ListHead.tsx';
import { Choices } from '../Choices/Choices.tsx';
import { ConversationList } from '../ConversationList/ConversationList.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { OnlineNow } from './OnlineNow.tsx';

export type AdminView = 'all' | 'mine' | 'waiting';

export type AdminPageProps = Omit<ChatPageProps, 'renderList'>;

/** The administrator's chat: everybody's conversations, the support requests that wait, and who is there. */
export const AdminPage = forwardRef<HTMLDivElement, AdminPageProps>(function AdminPage(props, ref) {
  const [view, setView] = useState<AdminView>('all');
  return (
    <ChatPage
      {...props}
      ref={ref}
      renderList={(slot) => <AdminList {...slot} onView={setView} view={view} />}
    />
  );
});

interface AdminListProps extends ListSlot {
  view: AdminView;
  onView: (view: AdminView) => void;
}

function AdminList({ view, onView, ...slot }: AdminListProps) {
  const { admin } = useLabels();
  const me = useMe();
  const queue = useConversations({ view: 'all', waiting: true });
  // Events keep the loaded ones true at once; beyond a page only the server knows how many there are.
  const waiting = queue.hasMore
    ? (queue.counts?.waiting ?? queue.conversations.length)
    : queue.conversations.length;
  const choices = [
    { value: 'all', label: admin.all },
    { value: 'waiting', label: admin.unassigned, count: waiting },
    { value: 'mine', label: admin.mine },
  ] as const;
  const narrowed = view === 'waiting' ? { waiting: true, renderEmpty: () => <QueueEmpty /> } : {};
  return (
    <ConversationList
      {...slot}
      {...narrowed}
      key={view}
      renderHeader={() => (
        <>
          <ListHead title={admin.title} />
          <OnlineNow me={me} />
          <Choices isBar choices={choices} label={admin.view} onChange={onView} value={view} />
        </>
      )}
      view={view === 'mine' ? 'mine' : 'all'}
    />
  );
}

function QueueEmpty() {
  const { admin } = useLabels();
  return <Notice hint={admin.queueEmptyHint} icon="inbox" title={admin.queueEmpty} />;
}
