import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import type { SavedReply } from '../../client/everyday-api.ts';
import { useReplies } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { type Filled, fill } from './fill.ts';
import styles from './SavedReplies.module.css';

export interface ReplyPickerProps {
  id: string;
  /** What was typed behind the slash. */
  words: string;
  known: Partial<Filled>;
  /** The field keeps the focus; it asks here first what a key does. */
  keys: RefObject<((event: KeyboardEvent) => boolean) | null>;
  onActive: (optionId: string | null) => void;
  onPick: (text: string) => void;
  onManage: () => void;
  onClose: () => void;
}

const SHOWN = 8;

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

function found(replies: readonly SavedReply[], words: string): SavedReply[] {
  const wanted = fold(words.trim());
  const starts = replies.filter(({ name }) => fold(name).startsWith(wanted));
  const has = replies.filter(({ name, text }) => fold(`${name} ${text}`).includes(wanted));
  return [...new Set([...starts, ...has])].slice(0, SHOWN);
}

/** Saved replies whose name begins with what was typed; Enter puts one into the field. Loaded with the first slash. */
export default function ReplyPicker(props: ReplyPickerProps) {
  const { id, words, known, keys, onActive, onPick, onManage, onClose } = props;
  const { replies: labels } = useLateLabels();
  const { replies, status } = useReplies();
  const [at, setAt] = useState(0);
  const shown = found(replies, words);
  const count = shown.length + 1;
  const active = Math.min(at, count - 1);
  const optionId = (index: number) => `${id}-${index}`;
  const choose = (index: number) => {
    const reply = shown[index];
    if (reply) onPick(fill(reply.text, known));
    else onManage();
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins at its first
  useEffect(() => setAt(0), [words]);
  useEffect(() => {
    onActive(`${id}-${active}`);
    return () => onActive(null);
  }, [id, active, onActive]);
  useEffect(() => {
    keys.current = (event) => {
      if (event.nativeEvent.isComposing) return false;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setAt((active + step + count) % count);
      else if (event.key === 'Enter' || event.key === 'Tab') choose(active);
      else if (event.key === 'Escape') onClose();
      else return false;
      return true;
    };
    return () => {
      keys.current = null;
    };
  });
  return (
    <div aria-label={labels.title} className={styles.picker} id={id} role="listbox">
      {shown.length === 0 && status !== 'pending' && (
        <p className={styles.none}>{words.trim() === '' ? labels.empty : labels.noMatch}</p>
      )}
      {shown.map((reply, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and handles the keys
        <div
          aria-selected={index === active}
          className={styles.option}
          id={optionId(index)}
          key={reply.id}
          onClick={() => choose(index)}
          onMouseDown={(event) => event.preventDefault()}
          role="option"
          tabIndex={-1}
        >
          <bdi className={styles.name}>{reply.name}</bdi>
          {reply.isShared && <span className={styles.shared}>{labels.shared}</span>}
          <bdi className={styles.text}>{fill(reply.text, known)}</bdi>
        </div>
      ))}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        aria-selected={active === shown.length}
        className={styles.option}
        data-manage
        id={optionId(shown.length)}
        onClick={() => choose(shown.length)}
        onMouseDown={(event) => event.preventDefault()}
        role="option"
        tabIndex={-1}
      >
        {labels.manage}
      </div>
    </div>
  );
}
