import type { FoundMessage } from '../../client/everyday-api.ts';
import type { Conversation } from '../../client/index.ts';
import { useGoTo, useSearch } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { Avatar } from '../Avatar/Avatar.tsx';
import { Button } from '../Button/Button.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { Notice } from '../Notice/Notice.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { tellProblem } from '../Told/told.ts';
import { useNow } from '../use-now.ts';
import styles from './MessageSearch.module.css';
import { isTooShort } from './too-short.ts';

export interface MessageSearchProps {
  words: string;
  /** Only there. */
  conversationId?: string | undefined;
  onOpen: (conversation: Conversation) => void;
}

/** Messages with these words, newest first; a press opens the conversation at the message. Loaded when it is first used. */
export default function MessageSearch({ words, conversationId, onOpen }: MessageSearchProps) {
  const labels = useLateLabels();
  const { search, common } = labels;
  const goTo = useGoTo();
  const isShort = isTooShort(words);
  const found = useSearch(isShort ? '' : words, conversationId);
  const open = (result: FoundMessage) => {
    found.conversationOf(result).then(
      (conversation) => {
        goTo(conversation.id, result.message.id);
        onOpen(conversation);
      },
      (error: unknown) => tellProblem(whyOf(error, labels)),
    );
  };
  if (isShort) return <Notice icon="search" title={search.tooShort} />;
  if (found.status === 'pending') return <Skeleton count={6} shape="rows" />;
  if (found.results.length === 0 && found.status === 'error')
    return <LoadProblem error={found.error} onRetry={found.refetch} />;
  if (found.results.length === 0)
    return <Notice hint={search.nothingHint} icon="search" title={search.nothing(words)} />;
  return (
    <ul aria-label={search.results} className={styles.results}>
      {found.results.map((result) => (
        <li key={result.message.id}>
          <Result onOpen={() => open(result)} result={result} />
        </li>
      ))}
      {found.hasMore && (
        <li className={styles.more}>
          <Button onClick={found.loadMore} small>
            {found.isLoadingMore ? common.loading : common.loadMore}
          </Button>
        </li>
      )}
    </ul>
  );
}

function Result({ result, onOpen }: { result: FoundMessage; onOpen: () => void }) {
  const { common } = useLateLabels();
  const format = useFormat();
  const now = useNow();
  const { message, snippet } = result;
  const at = new Date(message.createdAt);
  const name = message.senderId === null ? common.formerAdmin : message.senderName;
  return (
    <button className={styles.result} onClick={onOpen} type="button">
      <Avatar id={message.senderId ?? name} name={name} size="sm" />
      <span className={styles.lines}>
        <span className={styles.head}>
          <bdi className={styles.name}>{name}</bdi>
          <time className={styles.time} dateTime={message.createdAt} title={format.full(at)}>
            {format.stamp(at, now)}
          </time>
        </span>
        <bdi className={styles.piece}>
          {snippet.map((part, index) =>
            part.isMatch ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a piece never move
              <mark key={index}>{part.text}</mark>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <span key={index}>{part.text}</span>
            ),
          )}
        </bdi>
      </span>
    </button>
  );
}
