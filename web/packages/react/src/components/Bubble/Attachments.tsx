import { useState } from 'react';
import type { FileInfo } from '../../client/index.ts';
import { useFile } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Icon } from '../Icon/Icon.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import styles from './Attachments.module.css';
import { boxOf, isPicture } from './picture.ts';

const lightboxPart = latePart(() => import('../Lightbox/Lightbox.tsx'));

interface AttachmentsProps {
  conversationId: string;
  messageId: string | null;
  files: readonly FileInfo[];
}

export function Attachments({ conversationId, messageId, files }: AttachmentsProps) {
  if (files.length === 0) return null;
  return (
    <ul className={styles.files}>
      {files.map((file) => (
        <li key={file.id}>
          {file.isExternal ? (
            <External file={file} />
          ) : isPicture(file) ? (
            <Picture conversationId={conversationId} file={file} messageId={messageId} />
          ) : (
            <Download conversationId={conversationId} file={file} messageId={messageId} />
          )}
        </li>
      ))}
    </ul>
  );
}

interface OneFile {
  conversationId: string;
  messageId: string | null;
  file: FileInfo;
}

/** Signed links die after a quarter of an hour, so a picture that fails asks for a new one, once. */
function Picture({ conversationId, messageId, file }: OneFile) {
  const { thread } = useLabels();
  const links = useFile(conversationId, messageId, file);
  const [isOpen, setOpen] = useState(false);
  const [failures, setFailures] = useState(0);
  const close = () => setOpen(false);
  const box = boxOf(file);
  const onError = () => {
    setFailures(failures + 1);
    if (failures === 0) links.refresh().catch(() => setFailures(2));
  };
  return (
    <>
      <button
        aria-label={thread.viewImage(file.name)}
        className={styles.picture}
        onClick={() => setOpen(true)}
        style={{ inlineSize: box.width, aspectRatio: `${box.width} / ${box.height}` }}
        type="button"
      >
        {failures > 1 ? (
          <Icon name="image" size={24} />
        ) : (
          <img alt={thread.image(file.name)} onError={onError} src={links.thumbnailUrl ?? links.url} />
        )}
      </button>
      {isOpen && (
        <Late
          onFail={close}
          part={lightboxPart}
          props={{
            pictures: [{ id: file.id, name: file.name, url: links.url }],
            startId: file.id,
            onClose: close,
          }}
        />
      )}
    </>
  );
}

/** A link of an earlier chat, as it stood there: a path is one of the page's own site. */
function External({ file }: { file: FileInfo }) {
  const { thread } = useLabels();
  return (
    <a className={styles.download} href={file.url} rel="noopener noreferrer" target="_blank">
      <span className={styles.kind}>
        <Icon name="file" />
      </span>
      <span className={rootClasses.visuallyHidden}>{thread.openLink}</span>
      <span className={styles.about}>
        <bdi className={styles.fileName}>{file.name}</bdi>
      </span>
    </a>
  );
}

function Download({ conversationId, messageId, file }: OneFile) {
  const { thread } = useLabels();
  const format = useFormat();
  const links = useFile(conversationId, messageId, file);
  return (
    <a className={styles.download} download={file.name} href={links.url} rel="noopener">
      <span className={styles.kind}>
        <Icon name="file" />
      </span>
      <span className={rootClasses.visuallyHidden}>{thread.downloadFile}</span>
      <span className={styles.about}>
        <bdi className={styles.fileName}>{file.name}</bdi>
        <span className={styles.size}>{format.size(file.size)}</span>
      </span>
      <Icon name="download" size={16} />
    </a>
  );
}
