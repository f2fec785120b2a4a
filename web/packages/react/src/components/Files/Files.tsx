import { useState } from 'react';
import type { SentFile } from '../../client/everyday-api.ts';
import { useFiles } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { isPicture } from '../Bubble/picture.ts';
import { Button } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import styles from './Files.module.css';

const lightboxPart = latePart(() => import('../Lightbox/Lightbox.tsx'));

/** Every file of a conversation: pictures to look through, and the others to download. */
export function Files({ conversationId }: { conversationId: string }) {
  const { files: words, common, thread } = useLateLabels();
  const { files, status, error, hasMore, isLoadingMore, loadMore, refetch } = useFiles(conversationId);
  const [open, setOpen] = useState<string | null>(null);
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  const close = () => setOpen(null);
  if (status === 'pending') return <Skeleton count={2} shape="rows" />;
  if (status === 'error' && files.length === 0) return <LoadProblem error={error} onRetry={refetch} />;
  if (files.length === 0) return <p className={styles.none}>{words.none}</p>;
  return (
    <>
      {pictures.length > 0 && (
        <ul className={styles.pictures}>
          {pictures.map((file) => (
            <li key={file.id}>
              <button
                aria-label={thread.viewImage(file.name)}
                className={styles.picture}
                onClick={() => setOpen(file.id)}
                title={file.name}
                type="button"
              >
                <img alt="" loading="lazy" src={file.thumbnailUrl ?? file.url} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <ul>
        {others.map((file) => (
          <li key={file.id}>
            <Row file={file} />
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button onClick={loadMore} small>
          {isLoadingMore ? common.loading : common.loadMore}
        </Button>
      )}
      {open && (
        <Late onFail={close} part={lightboxPart} props={{ pictures, startId: open, onClose: close }} />
      )}
    </>
  );
}

function Row({ file }: { file: SentFile }) {
  const format = useFormat();
  return (
    <a className={styles.file} download={file.name} href={file.url} rel="noopener">
      <Icon name="file" />
      <span className={styles.about}>
        <bdi className={styles.name}>{file.name}</bdi>
        <span className={styles.size}>
          {format.size(file.size)} · <bdi>{file.senderName}</bdi>
        </span>
      </span>
      <Icon name="download" size={16} />
    </a>
  );
}
