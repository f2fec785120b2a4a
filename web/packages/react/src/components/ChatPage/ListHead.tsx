import { useState } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import { SignalSettings } from '../Signals/SignalSettings.tsx';
import styles from './ChatPage.module.css';

const preferencesPart = latePart(() => import('../Preferences/Preferences.tsx'));

/** The name of the list and the switches for sound and notifications. */
export function ListHead({ title }: { title?: string }) {
  const { list } = useLabels();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title ?? list.title}</h2>
      <SignalSettings />
      <IconButton aria-haspopup="dialog" icon="gear" label={list.preferences} onClick={() => setOpen(true)} />
      {isOpen && <Late onFail={close} part={preferencesPart} props={{ onClose: close }} />}
    </div>
  );
}
