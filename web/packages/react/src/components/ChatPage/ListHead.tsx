import { useLabels } from '../../labels/index.ts';
import { PreferencesButton } from '../Preferences/PreferencesButton.tsx';
import { SignalSettings } from '../Signals/SignalSettings.tsx';
import styles from './ChatPage.module.css';

/** The name of the list and the switches for sound and notifications. */
export function ListHead({ title }: { title?: string }) {
  const { list } = useLabels();
  return (
    <div className={styles.head}>
      <h2 className={styles.title}>{title ?? list.title}</h2>
      <SignalSettings />
      <PreferencesButton />
    </div>
  );
}
