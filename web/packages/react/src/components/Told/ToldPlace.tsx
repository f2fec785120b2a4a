import { useEffect, useState, useSyncExternalStore } from 'react';
import { createStore } from '../../client/store.ts';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import styles from './Told.module.css';
import { told } from './told.ts';

const SHOWN_MS = 7_000;
/** The places on the page, the latest last: what is told is told in that one. */
const places = createStore<readonly symbol[]>([]);

/** Where short words about what was done appear; they go by themselves, but not from under a pointer or the focus. */
export function ToldPlace() {
  const { common } = useLabels();
  const [own] = useState(() => Symbol('place'));
  const now = useSyncExternalStore(told.subscribe, told.get, told.get);
  const all = useSyncExternalStore(places.subscribe, places.get, places.get);
  const [isHeld, setHeld] = useState(false);
  useEffect(() => {
    places.set([...places.get(), own]);
    return () => places.set(places.get().filter((each) => each !== own));
  }, [own]);
  useEffect(() => {
    if (now === null || isHeld) return;
    const timer = setTimeout(() => told.set(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [now, isHeld]);
  const shown = all.at(-1) === own ? now : null;
  const close = () => {
    setHeld(false);
    told.set(null);
  };
  return (
    <div aria-live="polite" className={styles.place}>
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while somebody is at it
        <div
          className={styles.told}
          data-tone={shown.tone}
          onBlur={() => setHeld(false)}
          onFocus={() => setHeld(true)}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
        >
          <span>{shown.text}</span>
          {shown.action && (
            <button
              className={styles.action}
              onClick={() => {
                close();
                shown.action?.act();
              }}
              type="button"
            >
              {shown.action.label}
            </button>
          )}
          <IconButton icon="close" label={common.dismiss} onClick={close} />
        </div>
      )}
    </div>
  );
}
