import { type ReactNode, useEffect, useRef } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useIsCutOff, useMe, usePresence } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { useAppearance } from '../../theme/index.ts';
import { AuditTrail } from '../AuditTrail/AuditTrail.tsx';
import { Avatar } from '../Avatar/Avatar.tsx';
import { IconButton } from '../Button/Button.tsx';
import { Files } from '../Files/Files.tsx';
import { ProductCard } from '../ProductCard/ProductCard.tsx';
import { type Person, peopleIn } from '../people.ts';
import { useCompany } from '../use-company.ts';
import { useNow } from '../use-now.ts';
import styles from './ConversationDetails.module.css';

export interface ConversationDetailsProps {
  conversation: Conversation;
  onClose: () => void;
  /** Below the facts. */
  renderExtra?: ((conversation: Conversation) => ReactNode) | undefined;
}

/** Who takes part, about what, and since when. Loaded when it is first opened. */
export default function ConversationDetails({
  conversation,
  onClose,
  renderExtra,
}: ConversationDetailsProps) {
  const labels = useLateLabels();
  const format = useFormat();
  const me = useMe();
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => close.current?.focus(), []);
  const at = (time: string) => <time dateTime={time}>{format.full(new Date(time))}</time>;
  return (
    <section
      aria-label={labels.details.title}
      className={styles.details}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <header className={styles.head}>
        <h2 className={styles.title}>{labels.details.title}</h2>
        <IconButton icon="close" label={labels.common.close} onClick={onClose} ref={close} />
      </header>
      <div className={styles.body}>
        <h3 className={styles.section}>{labels.details.people}</h3>
        <People conversation={conversation} />
        {conversation.product && (
          <>
            <h3 className={styles.section}>{labels.details.product}</h3>
            <div className={styles.product}>
              <ProductCard product={conversation.product} />
            </div>
          </>
        )}
        <dl className={styles.facts}>
          {conversation.subject && (
            <Fact term={labels.details.subject}>
              <bdi>{conversation.subject}</bdi>
            </Fact>
          )}
          <Fact term={labels.details.type}>{labels.type[conversation.type]}</Fact>
          <Fact term={labels.details.messages}>{format.number(conversation.lastSeq)}</Fact>
          <Fact term={labels.details.started}>{at(conversation.createdAt)}</Fact>
          {conversation.lastMessageAt && (
            <Fact term={labels.details.lastMessage}>{at(conversation.lastMessageAt)}</Fact>
          )}
        </dl>
        <h3 className={styles.section}>{labels.files.title}</h3>
        <Files conversationId={conversation.id} />
        {me?.role === 'admin' && (
          <>
            <h3 className={styles.section}>{labels.audit.title}</h3>
            <AuditTrail conversation={conversation} />
          </>
        )}
        {renderExtra?.(conversation)}
      </div>
    </section>
  );
}

function People({ conversation }: { conversation: Conversation }) {
  const { role, common } = useLabels();
  const isCutOff = useIsCutOff();
  const me = useMe();
  const { avatarOf } = useAppearance();
  // Whoever reads this is there, whatever the server has heard of them so far.
  const isHere = (person: Person) => !isCutOff && (person.isOnline || person.id === me?.id);
  return (
    <ul className={styles.people}>
      {peopleIn(conversation).map((person) => (
        <li className={styles.person} key={person.id}>
          <Avatar id={person.id} image={avatarOf(person.id)} name={person.name} online={isHere(person)} />
          <span className={styles.about}>
            <bdi className={styles.name}>{person.id === me?.id ? common.you : person.name}</bdi>
            <Company person={person} />
            <span className={styles.role}>
              <span>{`${role[person.role]} · `}</span>
              <Status isHere={isHere(person)} person={person} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** In the words of the header: two places that tell of one absence say the same. */
function Status({ person, isHere }: { person: Person; isHere: boolean }) {
  const { common, header } = useLabels();
  const format = useFormat();
  const now = useNow();
  const isCutOff = useIsCutOff();
  const lastSeen = usePresence(isHere ? null : person.id)?.lastSeen ?? null;
  if (isCutOff) return <span>{header.unknown}</span>;
  if (isHere) return <span>{common.online}</span>;
  const words = lastSeen === null ? header.offline : header.lastSeen(format.ago(new Date(lastSeen), now));
  return <span>{words}</span>;
}

function Company({ person }: { person: Person }) {
  const company = useCompany(person);
  return company && <bdi className={styles.role}>{company}</bdi>;
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className={styles.fact}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
