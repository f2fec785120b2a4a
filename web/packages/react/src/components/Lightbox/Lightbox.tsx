import { type MouseEvent, useEffect, useRef } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { isPhone, useBack } from '../use-back.ts';
import styles from './Lightbox.module.css';

interface LightboxProps {
  name: string;
  url: string;
  onClose: () => void;
}

/** One picture, large, in the browser's own dialog: it keeps the focus inside and gives it back. */
export default function Lightbox({ name, url, onClose }: LightboxProps) {
  const { common, thread } = useLabels();
  const dialog = useRef<HTMLDialogElement>(null);
  useBack(isPhone(), onClose);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const closeOutside = (event: MouseEvent) => {
    if (event.target === event.currentTarget) onClose();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes by Escape by itself
    <dialog aria-label={name} className={styles.dialog} onClick={closeOutside} onClose={onClose} ref={dialog}>
      <img alt={thread.image(name)} className={styles.picture} src={url} />
      <div className={styles.bar}>
        <bdi className={styles.name} title={name}>
          {name}
        </bdi>
        <a className={styles.download} download={name} href={url} rel="noopener">
          <Icon name="download" size={16} />
          {thread.downloadFile}
        </a>
        <IconButton icon="close" label={common.close} onClick={onClose} />
      </div>
    </dialog>
  );
}
