import { forwardRef, type ReactNode, useState } from 'react';
import {
  type Conversation,
  type ConversationFilter,
  type ConversationType,
  charactersOf,
  limits,
} from '../../client/index.ts';
import type { ConversationCounts } from '../../client/types.ts';
import { useConversations, useLimits, useMe } from '../../hooks/index.ts';
import { type Labels, useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { type Choice, Choices } from '../Choices/Choices.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import { Notice } from '../Notice/Notice.tsx';
import { classes, type RootProps } from '../root-props.ts';
import { SearchField } from '../SearchField/SearchField.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { useSettled } from '../use-settled.ts';
import styles from './ConversationList.module.css';
import { ListBody } from './ListBody.tsx';

export interface ConversationListProps extends RootProps {
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

export type StateChoice = 'unread' | 'needsReply' | 'pinned' | 'archived' | 'offersOpen' | 'offersAccepted';
export type TypeChoice = ConversationType | StateChoice | 'all';

const searchPart = latePart(() => import('../MessageSearch/MessageSearch.tsx'));

type Where = 'conversations' | 'messages';

const placesOf = ({ list }: Labels): Choice<Where>[] => [
  { value: 'conversations', label: list.inConversations },
  { value: 'messages', label: list.inMessages },
];

const EVERYDAY = ['unread', 'needsReply', 'pinned', 'archived'] as const;
const NEGOTIATED = ['offersOpen', 'offersAccepted'] as const;
const STATES: readonly StateChoice[] = [...EVERYDAY, ...NEGOTIATED];
export const isState = (choice: TypeChoice): choice is StateChoice =>
  (STATES as readonly string[]).includes(choice);

/** The reader's conversations, newest first, with search and a filter by type. */
export const ConversationList = forwardRef<HTMLElement, ConversationListProps>(
  function ConversationList(props, ref) {
    const { selectedId = null, onSelect, view, waiting = false, renderHeader, renderEmpty } = props;
    const labels = useLabels();
    const [words, setWords] = useState('');
    const [type, setType] = useState<TypeChoice>('all');
    const [where, setWhere] = useState<Where>('conversations');
    const toConversations = () => setWhere('conversations');
    const [isByWait, setByWait] = useState(false);
    const me = useMe();
    const { offers } = useLimits();
    const asked = useSettled(words.trim());
    // Nothing is cut off that somebody typed, and nothing is asked that the server would refuse.
    const isTooLong = charactersOf(asked) > limits.searchCharacters;
    const q = isTooLong ? '' : asked;
    const list = useConversations({
      type: type === 'all' || isState(type) ? undefined : type,
      ...(isState(type) && filterFor(type)),
      ...(type === 'needsReply' && isByWait && { sort: 'waiting' as const }),
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
        className={classes(rootClasses.root, styles.list, props.className)}
        dir={labels.direction}
        ref={ref}
      >
        <div className={styles.head}>
          {renderHeader?.()}
          <SearchField onChange={setWords} value={words} />
          {words.trim() !== '' && (
            <Choices
              choices={placesOf(labels)}
              isBar
              label={labels.list.where}
              onChange={setWhere}
              value={where}
            />
          )}
          {(q === '' || where === 'conversations') && (
            <Choices
              choices={choicesOf(labels, waiting, offers, list.counts)}
              label={labels.list.filter}
              onChange={setType}
              value={type}
            />
          )}
          {type === 'needsReply' && me?.role === 'supplier' && (
            <span>
              <Button aria-pressed={isByWait} icon="sort" onClick={() => setByWait(!isByWait)} small>
                {labels.list.longestWait}
              </Button>
            </span>
          )}
        </div>
        {isTooLong ? (
          <Notice
            hint={labels.list.noMatchHint}
            icon="search"
            title={labels.list.searchTooLong(limits.searchCharacters)}
          >
            <Button onClick={showAll}>{labels.list.showAll}</Button>
          </Notice>
        ) : q !== '' && where === 'messages' ? (
          <Late onFail={toConversations} part={searchPart} props={{ words: q, onOpen: onSelect }}>
            <Skeleton count={6} shape="rows" />
          </Late>
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
  },
);

function filterFor(state: StateChoice): ConversationFilter {
  if (state === 'offersOpen') return { offers: 'open' };
  return state === 'offersAccepted' ? { offers: 'accepted' } : { [state]: true };
}

function choicesOf(
  { type, list }: Labels,
  isQueue: boolean,
  hasOffers: boolean,
  counts: ConversationCounts | null,
): Choice<TypeChoice>[] {
  const states = isQueue ? [] : hasOffers ? STATES : EVERYDAY;
  const shown = (state: StateChoice) =>
    state === 'unread' || state === 'needsReply' ? (counts?.[state] ?? 0) : 0;
  return [
    { value: 'all', label: type.all },
    ...states.map((value) => ({ value, label: list.states[value], count: shown(value) })),
    ...(['buyer_supplier', 'buyer_admin', 'support'] as const).map((value) => ({
      value,
      label: type[value],
    })),
  ];
}
