import type { ReactNode } from 'react';
import type { Offer } from '../../client/index.ts';
import { type OfferAnswer, type ThreadMessage, useLimits, useMe, useSuperseded } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import type { ThreadActions } from '../Bubble/context.ts';
import { MessageText } from '../Bubble/MessageText.tsx';
import { Button } from '../Button/Button.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { tell } from '../Told/told.ts';
import { useNow } from '../use-now.ts';
import { AnswerDialog } from './AnswerDialog.tsx';
import { changesBetween } from './changes.ts';
import { noteIn } from './note.ts';
import styles from './Offer.module.css';
import { TermsView } from './TermsView.tsx';

export interface OfferCardProps {
  message: ThreadMessage;
  offer: Offer;
  actions: ThreadActions;
}

/** Below it, the time that is left is told beside the date. */
const SOON_MS = 48 * 60 * 60_000;

/** An offer: its terms, what changed, what became of it, and what the reader may answer. */
export default function OfferCard({ message, offer, actions }: OfferCardProps): ReactNode {
  const labels = useLateLabels();
  const { offer: words, list } = labels;
  const me = useMe();
  const { offers } = useLimits();
  const now = useNow();
  const before = useSuperseded(offer);
  const ask = (answer: OfferAnswer) =>
    actions.showDialog(
      <AnswerDialog
        answer={answer}
        name={message.senderName}
        offer={offer}
        onClose={() => actions.showDialog(null)}
      />,
    );
  const changes = before === null ? null : changesBetween(offer, before);
  const left = Date.parse(offer.validUntil) - now.getTime();
  // Whether it is over is the server's to say: the clock of this device only writes the hint beside the date.
  const { state } = offer;
  const note = noteIn(message.text, offer.terms);
  const title = offer.supersedes === null ? words.offer : words.counter;
  const isMine = offer.by === me?.id;
  const mayAnswer = state === 'open' && actions.negotiator !== null && actions.negotiator !== offer.role;
  // Also who may not write any more takes back what they offered: else it binds them until it expires.
  const mayWithdraw = state === 'open' && isMine && offers;
  const counter = () =>
    actions.startForm({ kind: 'offer', counters: offer.id, from: offer.terms }, (restore) =>
      tell(words.replaced, { label: words.undo, act: restore }),
    );
  return (
    // Not a region: a thread of many would be a list of landmarks.
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div aria-label={title} className={styles.card} data-state={state} role="group">
      <header className={styles.head}>
        <Icon name="offer" size={16} />
        <h4 className={styles.title}>{title}</h4>
        <span className={styles.state}>
          <Icon name={iconOf(state)} size={16} />
          <span>{list.offers[state]}</span>
        </span>
      </header>
      {changes !== null && changes.count > 0 && (
        <p className={styles.changes}>{words.changes(changes.count)}</p>
      )}
      <TermsView
        changes={changes}
        terms={offer.terms}
        total={offer.totals.net}
        until={state === 'open' && left < SOON_MS && <Left ms={left} />}
      />
      {note !== '' && (
        <div className={styles.note} dir="auto">
          <MessageText text={note} />
        </div>
      )}
      <Outcome actions={actions} mayAnswer={mayAnswer} message={message} offer={offer} state={state} />
      {(mayAnswer || mayWithdraw) && (
        <div className={styles.buttons}>
          {mayAnswer && (
            <>
              <Button icon="check" kind="primary" onClick={() => ask('accept')} small>
                {words.accept}
              </Button>
              <Button icon="pencil" onClick={counter} small>
                {words.doCounter}
              </Button>
              <Button icon="close" onClick={() => ask('decline')} small>
                {words.decline}
              </Button>
            </>
          )}
          {mayWithdraw && (
            <Button icon="close" onClick={() => ask('withdraw')} small>
              {words.withdraw}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Left({ ms }: { ms: number }) {
  const { offer: words } = useLateLabels();
  const format = useFormat();
  return (
    <span className={styles.left}>
      <Icon name="clock" size={16} />
      <span>{ms <= 0 ? words.expired : words.endsIn(format.duration(ms))}</span>
    </span>
  );
}

interface OutcomeProps extends OfferCardProps {
  state: Offer['state'];
  mayAnswer: boolean;
}

/** Who did what with it and when, or whose turn it is. */
function Outcome({ offer, state, message, actions, mayAnswer }: OutcomeProps): ReactNode {
  const { offer: words, you } = useLateLabels();
  const format = useFormat();
  const me = useMe();
  if (state === 'open') {
    if (mayAnswer) return <p className={styles.outcome}>{words.waitsForYou}</p>;
    if (offer.by !== me?.id || actions.counterpart === null) return null;
    return <p className={styles.outcome}>{words.waitsFor(actions.counterpart)}</p>;
  }
  const { answeredBy, answeredAt } = offer;
  const name =
    answeredBy === null ? message.senderName : answeredBy === me?.id ? you : actions.nameOf(answeredBy);
  const when = format.full(
    new Date(state === 'expired' ? offer.validUntil : (answeredAt ?? offer.validUntil)),
  );
  return <p className={styles.outcome}>{words.outcome[state](name, when)}</p>;
}

const icons = {
  open: 'clock',
  accepted: 'check',
  declined: 'close',
  withdrawn: 'close',
  expired: 'history',
  countered: 'reply',
} as const;

const iconOf = (state: Offer['state']) => icons[state];
