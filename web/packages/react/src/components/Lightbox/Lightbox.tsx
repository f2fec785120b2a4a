import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { IconButton } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { isPhone, useBack } from '../use-back.ts';
import styles from './Lightbox.module.css';

interface ShownPicture {
  id: string;
  name: string;
  url: string;
}

interface LightboxProps {
  pictures: readonly ShownPicture[];
  /** The one to begin with. */
  startId: string;
  onClose: () => void;
}

/** Pictures, large, in the browser's own dialog: arrow keys lead on and back, plus and minus or a press zoom. */
export default function Lightbox({ pictures, startId, onClose }: LightboxProps) {
  const { common, thread, files: words } = useLateLabels();
  const format = useFormat();
  const dialog = useRef<HTMLDialogElement>(null);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex((each) => each.id === startId),
    ),
  );
  const [isLarge, setLarge] = useState(false);
  useBack(isPhone(), onClose);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  const shown = pictures[at];
  const step = (by: number) => {
    const next = at + by;
    if (!pictures[next]) return;
    setAt(next);
    setLarge(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    event.stopPropagation();
    const isReversed = getComputedStyle(event.currentTarget).direction === 'rtl';
    if (event.key === 'ArrowRight') step(isReversed ? -1 : 1);
    else if (event.key === 'ArrowLeft') step(isReversed ? 1 : -1);
    else if (event.key === '+' || event.key === '=') setLarge(true);
    else if (event.key === '-') setLarge(false);
  };
  const closeOutside = (event: MouseEvent) => {
    if (event.target === event.currentTarget) onClose();
  };
  if (!shown) return null;
  return (
    <dialog
      aria-label={shown.name}
      className={styles.dialog}
      onClick={closeOutside}
      onClose={onClose}
      onKeyDown={onKeyDown}
      ref={dialog}
    >
      <div className={styles.view} data-large={isLarge || undefined}>
        <button
          aria-label={isLarge ? words.smaller : words.larger}
          aria-pressed={isLarge}
          className={styles.zoom}
          onClick={() => setLarge(!isLarge)}
          type="button"
        >
          <img alt={thread.image(shown.name)} className={styles.picture} src={shown.url} />
        </button>
      </div>
      <div className={styles.bar}>
        {pictures.length > 1 && (
          <>
            <IconButton
              directional
              disabled={at === 0}
              icon="back"
              label={words.previous}
              onClick={() => step(-1)}
            />
            <span className={styles.place}>
              {format.number(at + 1)} / {format.number(pictures.length)}
            </span>
            <IconButton
              directional
              disabled={at === pictures.length - 1}
              icon="open"
              label={words.next}
              onClick={() => step(1)}
            />
          </>
        )}
        <bdi className={styles.name} title={shown.name}>
          {shown.name}
        </bdi>
        <a className={styles.download} download={shown.name} href={shown.url} rel="noopener">
          <Icon name="download" size={16} />
          {thread.downloadFile}
        </a>
        <IconButton icon="close" label={common.close} onClick={onClose} />
      </div>
    </dialog>
  );
}
