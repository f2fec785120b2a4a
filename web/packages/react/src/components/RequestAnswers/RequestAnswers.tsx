import { forwardRef, type ReactNode, useState } from 'react';
import type { Offer, QuotationRequest, RequestAnswer } from '../../client/index.ts';
import { useConversation, useMe, useRequest } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { AnswerDialog } from '../Offer/AnswerDialog.tsx';
import { moneyOf } from '../Offer/TermsView.tsx';
import { classes, type RootProps } from '../root-props.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { bestOf } from './best.ts';
import { CloseRequest } from './CloseRequest.tsx';
import styles from './RequestAnswers.module.css';

export interface RequestAnswersProps extends RootProps {
  requestId: string;
  /** With it each supplier has a way to the conversation with them. */
  onOpen?: ((conversationId: string) => void) | undefined;
}

/** What suppliers have answered to a request, side by side; one below the other where it is narrow. */
export const RequestAnswers = forwardRef<HTMLElement, RequestAnswersProps>(function RequestAnswers(
  { requestId, onOpen, className },
  ref,
) {
  const labels = useLateLabels();
  const { requests: words } = labels;
  const { request, status, error, refetch } = useRequest(requestId);
  return (
    <section
      aria-label={words.answers}
      className={classes(rootClasses.root, styles.answers, className)}
      dir={labels.direction}
      ref={ref}
    >
      {request !== null ? (
        <Comparison onOpen={onOpen} request={request} />
      ) : status === 'error' ? (
        <LoadProblem error={error} onRetry={refetch} />
      ) : (
        <Skeleton count={3} shape="rows" />
      )}
      <ToldPlace isTall />
    </section>
  );
});

/** Said once more: where it is stacked the style takes the roles of a table away. */
const as = (role: string) => ({ role });

interface ComparisonProps {
  request: QuotationRequest;
  onOpen: RequestAnswersProps['onOpen'];
}

function Comparison({ request, onOpen }: ComparisonProps) {
  const { requests: words, offer: terms } = useLateLabels();
  const format = useFormat();
  const [asked, setAsked] = useState<{ offer: Offer; name: string } | null>(null);
  const [isClosing, setClosing] = useState(false);
  const { closedAt, createdAt, answers, terms: wanted } = request;
  const me = useMe();
  const { conversation } = useConversation(answers[0]?.conversationId ?? null);
  // Whoever asked accepts and closes; administrators and suppliers look on.
  const mayAct = closedAt === null && me !== null && conversation?.participants.buyer.id === me.id;
  const best = bestOf(answers);
  return (
    <>
      <header className={styles.head}>
        <p className={styles.wanted}>
          {wanted.items.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the items of terms never move
            <span className={styles.item} key={at}>
              <bdi>{item.name}</bdi>{' '}
              <bdi className={styles.quiet}>{terms.times(format.amount(item.quantity), item.unit, null)}</bdi>
            </span>
          ))}
        </p>
        <p className={styles.quiet}>
          {closedAt === null
            ? words.asked(format.full(new Date(createdAt)))
            : words.closed(format.full(new Date(closedAt)))}
        </p>
      </header>
      <table className={styles.table} {...as('table')}>
        <thead {...as('rowgroup')}>
          <tr {...as('row')}>
            {[
              words.supplier,
              terms.unitPrice,
              terms.total,
              terms.leadTime,
              terms.delivery,
              terms.validUntil,
              words.state,
            ].map((name) => (
              <th key={name} {...as('columnheader')} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody {...as('rowgroup')}>
          {answers.map((answer) => (
            <Row
              answer={answer}
              isFastest={best.fastest === answer.supplierId}
              isLowest={best.lowest === answer.supplierId}
              key={answer.supplierId}
              onAccept={mayAct ? (offer, name) => setAsked({ offer, name }) : null}
              onOpen={onOpen}
            />
          ))}
        </tbody>
      </table>
      {mayAct && (
        <div className={styles.foot}>
          {answers.some(({ state }) => state === 'accepted') && (
            <p className={styles.next}>{words.acceptedNext}</p>
          )}
          <Button icon="lock" onClick={() => setClosing(true)}>
            {words.close}
          </Button>
        </div>
      )}
      {asked !== null && <AnswerDialog {...asked} answer="accept" onClose={() => setAsked(null)} />}
      {isClosing && <CloseRequest onClose={() => setClosing(false)} request={request} />}
    </>
  );
}

interface RowProps {
  answer: RequestAnswer;
  isLowest: boolean;
  isFastest: boolean;
  onAccept: ((offer: Offer, name: string) => void) | null;
  onOpen: RequestAnswersProps['onOpen'];
}

function Row({ answer, isLowest, isFastest, onAccept, onOpen }: RowProps) {
  const { requests: words, offer: terms } = useLateLabels();
  const format = useFormat();
  const { offer, state, conversationId } = answer;
  const { conversation } = useConversation(conversationId);
  const name = conversation?.participants.supplier?.name ?? '…';
  const given = offer?.terms;
  const currency = offer?.totals.currency ?? '';
  const isOpen = offer?.state === 'open' && offer.role === 'supplier';
  return (
    <tr data-state={state} {...as('row')}>
      <th {...as('rowheader')} scope="row">
        <bdi>{name}</bdi>
      </th>
      <Cell name={terms.unitPrice}>
        {given?.items.map((item, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of terms never move
          <span className={styles.price} key={at} title={item.name}>
            {given.items.length > 1 && <bdi className={styles.quiet}>{item.name}</bdi>}{' '}
            <bdi>{moneyOf(item.unitPrice ?? '', currency, format)}</bdi>
          </span>
        ))}
      </Cell>
      <Cell name={terms.total}>
        {offer && (
          <>
            <bdi className={styles.total}>{moneyOf(offer.totals.net, currency, format)}</bdi>
            {isLowest && <span className={styles.best}>{words.lowest}</span>}
            {offer.role === 'buyer' && <span className={styles.quiet}>{words.byBuyer}</span>}
          </>
        )}
      </Cell>
      <Cell name={terms.leadTime}>
        {given?.leadTimeDays !== undefined && (
          <>
            <span>{terms.days(given.leadTimeDays)}</span>
            {isFastest && <span className={styles.best}>{words.fastest}</span>}
          </>
        )}
      </Cell>
      <Cell name={terms.delivery}>
        {given?.incoterm != null && <bdi>{[given.incoterm, given.place].join(' ')}</bdi>}
      </Cell>
      <Cell name={terms.validUntil}>{offer && <span>{format.full(new Date(offer.validUntil))}</span>}</Cell>
      <Cell name={words.state}>
        <span className={styles.state}>
          <Icon name={icons[state]} size={16} />
          <span>{words.states[state]}</span>
        </span>
        {isOpen && onAccept !== null && (
          <Button
            aria-label={`${terms.accept}: ${name}`}
            kind="primary"
            onClick={() => onAccept(offer, name)}
            small
          >
            {terms.accept}
          </Button>
        )}
        {onOpen && (
          <Button
            aria-label={`${words.openConversation}: ${name}`}
            icon="chat"
            onClick={() => onOpen(conversationId)}
            small
          >
            {words.openConversation}
          </Button>
        )}
      </Cell>
    </tr>
  );
}

const icons = { waiting: 'clock', offered: 'offer', declined: 'close', accepted: 'check' } as const;

/** What has no value says so for the ear, too. */
function Cell({ name, children }: { name: string; children: ReactNode }) {
  return (
    <td data-name={name} {...as('cell')}>
      <div className={styles.value}>{children || <span className={styles.quiet}>–</span>}</div>
    </td>
  );
}
