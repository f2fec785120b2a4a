import { type ReactNode, useState } from 'react';
import { type Conversation, type ConversationType, charactersOf, limits } from '../../client/index.ts';
import { useConversations } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { type Choice, Choices } from '../Choices/Choices.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { SearchField } from '../SearchField/SearchField.tsx';
import { useSettled } from '../use-settled.ts';
import styles from './ConversationList.module.css';
import { ListBody } from './ListBody.tsx';

export interface ConversationListProps {
  selectedId?: string | null;
  onSelect: (conversation: Conversation) => void;
  /** For administrators: their own conversations, or everybody's. */
  view?: 'mine' | 'all';
  /** Only support requests that no administrator has taken. */
  waiting?: boolean;
  /** Above the search. */
  renderHeader?: () => ReactNode;
  /** In place of the words shown when there is no conversation at all. */
  renderEmpty?: () => ReactNode;
}

export type TypeChoice = ConversationType | 'all';

/** The reader's conversations, newest first, with search and a filter by type. */
export function ConversationList(props: ConversationListProps) {
  const { selectedId = null, onSelect, view, waiting = false, renderHeader, renderEmpty } = props;
  const labels = useLabels();
  const [words, setWords] = useState('');
  const [type, setType] = useState<TypeChoice>('all');
  const asked = useSettled(words.trim());
  // Nothing is cut off that somebody typed, and nothing is asked that the server would refuse.
  const isTooLong = charactersOf(asked) > limits.searchCharacters;
  const q = isTooLong ? '' : asked;
  const list = useConversations({
    type: type === 'all' ? undefined : type,
    q: q === '' ? undefined : q,
    view,
    waiting: waiting || undefined,
  });
  const showAll = () => {
    setWords('');
    setType('all');
  };
  return (
    <section
      aria-label={labels.list.title}
      className={`${rootClasses.root} ${styles.list}`}
      dir={labels.direction}
    >
      <div className={styles.head}>
        {renderHeader?.()}
        <SearchField onChange={setWords} value={words} />
        <Choices choices={typeChoices(labels)} label={labels.list.filter} onChange={setType} value={type} />
      </div>
      {isTooLong ? (
        <Notice
          hint={labels.list.noMatchHint}
          icon="search"
          title={labels.list.searchTooLong(limits.searchCharacters)}
        >
          <Button onClick={showAll}>{labels.list.showAll}</Button>
        </Notice>
      ) : (
        <ListBody
          list={list}
          onSelect={onSelect}
          onShowAll={showAll}
          renderEmpty={renderEmpty}
          selectedId={selectedId}
          type={type}
          words={q}
        />
      )}
    </section>
  );
}

function typeChoices({ type }: Labels): Choice<TypeChoice>[] {
  return (['all', 'buyer_supplier', 'buyer_admin', 'support'] as const).map((value) => ({
    value,
    label: type[value],
  }));
}
