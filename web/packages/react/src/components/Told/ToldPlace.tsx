import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { createStore } from '../../client/store.ts';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import styles from './Told.module.css';
import { told } from './told.ts';

const SHOWN_MS = 7_000;
/** The places on the page: what is told is told in the last one, where somebody is at work. */
const places = createStore<readonly symbol[]>([]);

interface ToldPlaceProps {
  /** What it belongs to may be higher than the window. */
  isTall?: boolean;
}

/** Where short words about what was done appear; they go by themselves, but not from under a pointer or the focus. */
export function ToldPlace({ isTall = false }: ToldPlaceProps) {
  const { common } = useLabels();
  const [own] = useState(() => Symbol('place'));
  const now = useSyncExternalStore(told.subscribe, told.get, told.get);
  const all = useSyncExternalStore(places.subscribe, places.get, places.get);
  const [isHeld, setHeld] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const others = () => places.get().filter((each) => each !== own);
    const come = () => {
      if (places.get().at(-1) !== own) places.set([...others(), own]);
    };
    const last = told.get();
    if (last !== null && Date.now() - last.at > SHOWN_MS) told.set(null);
    come();
    const root = place.current?.parentElement;
    // On the way down: of two places around it, the inner one is the last.
    for (const event of ['focusin', 'pointerdown']) root?.addEventListener(event, come, { capture: true });
    return () => {
      places.set(others());
      for (const event of ['focusin', 'pointerdown'])
        root?.removeEventListener(event, come, { capture: true });
    };
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
    <div aria-live="polite" className={styles.place} data-tall={isTall || undefined} ref={place}>
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
