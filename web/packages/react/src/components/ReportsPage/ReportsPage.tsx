import { forwardRef, useState } from 'react';
import type { FiledReport } from '../../client/index.ts';
import { type ReportState, useConversation, useGoTo, useMe, useReports } from '../../hooks/index.ts';
import { useFormat } from '../../labels/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { rootClasses } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { Choices } from '../Choices/Choices.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { Notice } from '../Notice/Notice.tsx';
import { peopleIn, titleOf } from '../people.ts';
import { classes, type RootProps } from '../root-props.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { tell, tellProblem } from '../Told/told.ts';
import { AnswerReport } from './AnswerReport.tsx';
import styles from './ReportsPage.module.css';

export interface ReportsPageProps extends RootProps {
  /** Leads to a conversation; the message that was reported is gone to there. */
  onOpen?: ((conversationId: string) => void) | undefined;
}

const STATES: readonly ReportState[] = ['open', 'answered', 'dismissed'];

/** What people have reported, for administrators: read, answered, dismissed. */
export const ReportsPage = forwardRef<HTMLElement, ReportsPageProps>(function ReportsPage(
  { onOpen, className },
  ref,
) {
  const labels = useLateLabels();
  const { reports: words } = labels;
  const [state, setState] = useState<ReportState>('open');
  const choices = STATES.map((value) => ({ value, label: words.states[value] }));
  return (
    <section
      aria-label={words.title}
      className={classes(rootClasses.root, styles.page, className)}
      dir={labels.direction}
      ref={ref}
    >
      <Choices choices={choices} isBar label={words.state} onChange={setState} value={state} />
      <List key={state} onOpen={onOpen} state={state} />
      <ToldPlace />
    </section>
  );
});

function List({ state, onOpen }: { state: ReportState; onOpen: ReportsPageProps['onOpen'] }) {
  const labels = useLateLabels();
  const { reports: words, common } = labels;
  const { reports, judge, status, error, refetch, hasMore, isLoadingMore, loadMore } = useReports(state);
  const [answering, setAnswering] = useState<FiledReport | null>(null);
  const change = (id: string, next: ReportState) => {
    judge(id, { state: next }).then(
      () => tell(words.done[next], { label: labels.conversation.undo, act: () => change(id, state) }),
      (problem: unknown) => tellProblem(whyOf(problem, labels)),
    );
  };
  if (status === 'pending') return <Skeleton count={5} shape="rows" />;
  if (status === 'error' && reports.length === 0) return <LoadProblem error={error} onRetry={refetch} />;
  if (reports.length === 0) return <Notice icon="flag" title={words.none[state]} />;
  return (
    <>
      <ul className={styles.reports}>
        {reports.map((report) => (
          <li key={report.id}>
            <Report
              onAnswer={() => setAnswering(report)}
              onJudge={(next) => change(report.id, next)}
              onOpen={onOpen}
              report={report}
            />
          </li>
        ))}
      </ul>
      {hasMore && (
        <Button onClick={loadMore} small>
          {isLoadingMore ? common.loading : common.loadMore}
        </Button>
      )}
      {answering !== null && (
        <AnswerReport judge={judge} onClose={() => setAnswering(null)} report={answering} />
      )}
    </>
  );
}

interface ReportProps {
  report: FiledReport;
  onAnswer: () => void;
  onJudge: (state: ReportState) => void;
  onOpen: ReportsPageProps['onOpen'];
}

function Report({ report, onAnswer, onJudge, onOpen }: ReportProps) {
  const labels = useLateLabels();
  const { reports: words, report: reasons, you } = labels;
  const format = useFormat();
  const me = useMe();
  const goTo = useGoTo();
  const { conversation } = useConversation(report.conversationId);
  const { messageId, conversationId, createdAt, reporterId, answeredAt, answeredBy, state } = report;
  const nameOf = (id: string | null) => {
    if (id === null) return words.somebody;
    if (id === me?.id) return you;
    const known = conversation && peopleIn(conversation).find((person) => person.id === id);
    return known?.name ?? id;
  };
  const show = () => {
    if (messageId !== null) goTo(conversationId, messageId);
    onOpen?.(conversationId);
  };
  return (
    <article className={styles.report}>
      <header className={styles.head}>
        <Icon name="flag" size={16} />
        <h2 className={styles.reason}>{reasons.reasons[report.reason]}</h2>
        <time className={styles.quiet} dateTime={createdAt}>
          {format.full(new Date(createdAt))}
        </time>
      </header>
      {report.text !== '' && (
        <p className={styles.text} dir="auto">
          {report.text}
        </p>
      )}
      <p className={styles.quiet}>
        <span>{words.by(nameOf(reporterId))}</span>
        <span aria-hidden="true"> · </span>
        <span>{messageId === null ? words.aboutConversation : words.aboutMessage}</span>
        {conversation && (
          <>
            <span aria-hidden="true"> · </span>
            <bdi>{titleOf(conversation, me, labels)}</bdi>
          </>
        )}
      </p>
      {state !== 'open' && answeredAt !== null && (
        <p className={styles.quiet}>{words[state](nameOf(answeredBy), format.full(new Date(answeredAt)))}</p>
      )}
      {report.answer !== null && report.answer !== '' && (
        <blockquote className={styles.answer} dir="auto">
          {report.answer}
        </blockquote>
      )}
      <div className={styles.buttons}>
        {onOpen && (
          <Button icon="chat" onClick={show} small>
            {words.show}
          </Button>
        )}
        {state === 'open' ? (
          <>
            <Button icon="reply" kind="primary" onClick={onAnswer} small>
              {words.answer}
            </Button>
            <Button onClick={() => onJudge('dismissed')} small>
              {words.dismiss}
            </Button>
          </>
        ) : (
          <Button icon="retry" onClick={() => onJudge('open')} small>
            {words.reopen}
          </Button>
        )}
      </div>
    </article>
  );
}
