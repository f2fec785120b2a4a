import { type ThreadMessage, useVersions } from '../../hooks/index.ts';
import { useFormat, useLateLabels } from '../../labels/index.ts';
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
      {versions.map((version) => (
        <div className={styles.version} dir="auto" key={version.editedAt}>
          <time dateTime={version.editedAt}>{format.full(new Date(version.editedAt))}</time>
          {version.message}
        </div>
      ))}
    </Dialog>
  );
}
