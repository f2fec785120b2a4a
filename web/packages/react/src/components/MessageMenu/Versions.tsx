import { type ThreadMessage, useVersions } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Dialog } from '../Dialog/Dialog.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import styles from './MessageMenu.module.css';

/** What a message said before, for administrators. */
export function Versions({ message, onClose }: { message: ThreadMessage; onClose: () => void }) {
  const { versions: words } = useLateLabels();
  const format = useFormat();
  const { versions, status, error, refetch } = useVersions(message.conversationId, message.id ?? '');
  return (
    <Dialog hint={words.hint} onClose={onClose} title={words.title}>
      {status === 'pending' && <Skeleton count={2} shape="rows" />}
      {status === 'error' && <LoadProblem error={error} onRetry={refetch} />}
      {status === 'success' && versions.length === 0 && <p>{words.empty}</p>}
      {versions.map(({ message: said, editedAt }) => (
        <div className={styles.version} dir="auto" key={editedAt}>
          <time dateTime={editedAt ?? message.createdAt}>
            {format.full(new Date(editedAt ?? message.createdAt))}
          </time>
          {said}
        </div>
      ))}
    </Dialog>
  );
}
