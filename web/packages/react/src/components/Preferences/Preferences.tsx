import { useState } from 'react';
import type { Preferences } from '../../client/everyday-api.ts';
import { HaggleError, reasonOf } from '../../client/index.ts';
import { type PushResult, usePreferences, usePush } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import { useAppearance } from '../../theme/index.ts';
import { Button } from '../Button/Button.tsx';
import { Dialog, Field, fieldClass, problemClass } from '../Dialog/Dialog.tsx';
import { LoadProblem } from '../LoadProblem/LoadProblem.tsx';
import { whyOf } from '../LoadProblem/why.ts';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { tell } from '../Told/told.ts';
import styles from './Preferences.module.css';

const EMAIL = ['now', 'hourly', 'daily', 'off'] as const;

/** How somebody wants to hear of what they missed. Loaded when it is first opened. */
export default function PreferencesDialog({ onClose }: { onClose: () => void }) {
  const { preferences: words } = useLateLabels();
  const { preferences, status, error, refetch, save } = usePreferences();
  if (preferences) return <Form before={preferences} onClose={onClose} save={save} />;
  return (
    <Dialog onClose={onClose} title={words.title}>
      {status === 'error' ? (
        <LoadProblem error={error} onRetry={refetch} />
      ) : (
        <Skeleton count={3} shape="rows" />
      )}
    </Dialog>
  );
}

interface FormProps {
  before: Preferences;
  save: (preferences: Preferences) => Promise<void>;
  onClose: () => void;
}

function Form({ before, save, onClose }: FormProps) {
  const labels = useLateLabels();
  const { preferences: words, common, composer } = labels;
  const { pushWorker } = useAppearance();
  const push = usePush(pushWorker);
  const [wanted, setWanted] = useState(before);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { quietHours } = wanted;
  const change = (part: Partial<Preferences>) => setWanted({ ...wanted, ...part });
  const setHours = (part: { from?: string; to?: string }) =>
    quietHours && change({ quietHours: { ...quietHours, ...part } });
  const submit = () => {
    setBusy(true);
    setProblem(null);
    // Push is no field here: it is of this browser, and what is saved is for all browsers of this person.
    save({ ...wanted, push: before.push }).then(
      () => {
        onClose();
        tell(words.saved);
      },
      (error: unknown) => {
        setBusy(false);
        const isRefused = error instanceof HaggleError && error.status === 400;
        setProblem(isRefused ? reasonOf(error) : whyOf(error, labels));
      },
    );
  };
  return (
    <Dialog
      actions={
        <>
          <Button onClick={onClose}>{common.cancel}</Button>
          <Button disabled={isBusy} kind="primary" type="submit">
            {composer.save}
          </Button>
        </>
      }
      hint={words.hint}
      onClose={onClose}
      onSubmit={submit}
      title={words.title}
    >
      <Field label={words.email}>
        {(id) => (
          <select
            className={fieldClass}
            id={id}
            onChange={(event) => change({ email: event.target.value as Preferences['email'] })}
            value={wanted.email}
          >
            {EMAIL.map((each) => (
              <option key={each} value={each}>
                {words.emailAt[each]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Push push={push} />
      <fieldset className={styles.quiet}>
        <label className={styles.check}>
          <input
            checked={quietHours !== null}
            onChange={(event) => change({ quietHours: event.target.checked ? usualHours() : null })}
            type="checkbox"
          />
          <span>{words.quiet}</span>
        </label>
        {quietHours && (
          <div className={styles.hours}>
            <Field label={words.from}>
              {(id) => (
                <input
                  className={fieldClass}
                  id={id}
                  onChange={(event) => setHours({ from: event.target.value })}
                  required
                  type="time"
                  value={quietHours.from}
                />
              )}
            </Field>
            <Field label={words.to}>
              {(id) => (
                <input
                  className={fieldClass}
                  id={id}
                  onChange={(event) => setHours({ to: event.target.value })}
                  required
                  type="time"
                  value={quietHours.to}
                />
              )}
            </Field>
            <p className={styles.zone}>
              {words.zone} <bdi>{quietHours.timeZone.replace(/_/g, ' ')}</bdi>
            </p>
          </div>
        )}
      </fieldset>
      {problem && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

const usualHours = () => ({
  from: '20:00',
  to: '07:00',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});

/** At once, and not with the rest: the browser asks for its permission. */
function Push({ push }: { push: PushResult }) {
  const labels = useLateLabels();
  const { preferences: words } = labels;
  const [problem, setProblem] = useState<string | null>(null);
  if (push.state === 'missing' || push.state === 'unknown') return null;
  const toggle = () => {
    setProblem(null);
    (push.state === 'on' ? push.turnOff() : push.turnOn()).catch((error: unknown) =>
      setProblem(whyOf(error, labels)),
    );
  };
  return (
    <div>
      <label className={styles.check}>
        <input
          checked={push.state === 'on'}
          disabled={push.state === 'denied'}
          onChange={toggle}
          type="checkbox"
        />
        <span>{words.push}</span>
      </label>
      <p className={styles.zone}>{push.state === 'denied' ? words.pushDenied : words.pushHint}</p>
      {problem && (
        <p className={problemClass} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
