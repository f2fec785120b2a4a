import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { charactersOf, limits } from '../../client/index.ts';
import { useGoTo, useSearch } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { IconButton } from '../Button/Button.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { isTooShort } from '../MessageSearch/too-short.ts';
import { useSettled } from '../use-settled.ts';
import styles from './ConversationSearch.module.css';

export interface ConversationSearchProps {
  conversationId: string;
  onClose: () => void;
}

/** Goes through the messages of one conversation that have some words in them, from the newest back. */
export default function ConversationSearch({ conversationId, onClose }: ConversationSearchProps): ReactNode {
  const labels = useLateLabels();
  const { search: words, list, common } = labels;
  const goTo = useGoTo();
  const [text, setText] = useState('');
  const asked = useSettled(text.trim());
  const isLong = charactersOf(asked) > limits.searchCharacters;
  const isShort = isTooShort(asked);
  const q = isShort || isLong ? '' : asked;
  const { results, status, error, hasMore, isLoadingMore, loadMore } = useSearch(q, conversationId);
  const field = useRef<HTMLInputElement>(null);
  /** Of the results; the words to which it belongs beside it, so that other ones begin anew. */
  const [place, setPlace] = useState({ q: '', at: -1 });
  const at = place.q === q ? place.at : -1;
  useEffect(() => field.current?.focus(), []);
  const go = (to: number) => {
    const found = results[to];
    if (!found) return;
    setPlace({ q, at: to });
    goTo(conversationId, found.message.id);
    if (to >= results.length - 2 && hasMore && !isLoadingMore) loadMore();
  };
  // The first is shown without a press.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when there are other results
  useEffect(() => {
    if (q !== '' && at === -1 && results.length > 0) go(0);
  }, [q, results]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onClose();
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    go(at + (event.shiftKey ? -1 : 1));
  };
  const told = (() => {
    if (asked === '') return '';
    if (isLong) return list.searchTooLong(limits.searchCharacters);
    if (isShort) return words.tooShort;
    if (status === 'pending') return common.loading;
    if (status === 'error' && results.length === 0) return whyOf(error, labels);
    return results.length === 0 ? words.nothing(asked) : words.place(at + 1, results.length, hasMore);
  })();
  return (
    // biome-ignore lint/a11y/useSemanticElements: older browsers know the role, and not the element
    <div aria-label={words.inside} className={styles.bar} role="search">
      <input
        aria-label={words.inside}
        className={styles.field}
        dir="auto"
        enterKeyHint="search"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder={words.inside}
        ref={field}
        type="search"
        value={text}
      />
      <span className={styles.told} role="status">
        {told}
      </span>
      <IconButton
        disabled={at + 1 >= results.length}
        icon="up"
        label={words.older}
        onClick={() => go(at + 1)}
      />
      <IconButton disabled={at <= 0} icon="down" label={words.newer} onClick={() => go(at - 1)} />
      <IconButton icon="close" label={common.close} onClick={onClose} />
    </div>
  );
}
