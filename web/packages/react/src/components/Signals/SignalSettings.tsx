import { useState } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { useBrowser } from '../use-browser.ts';
import { useSetting } from './use-setting.ts';

/** Switches for the sound and, while the browser has not been asked, for its notifications. */
export function SignalSettings() {
  const { signals } = useLabels();
  const [hasSound, setSound] = useSetting('sound');
  const given = useBrowser(permissionNow, 'denied');
  const [answer, setAnswer] = useState<NotificationPermission | null>(null);
  const permission = answer ?? given;
  const ask = () => {
    Notification.requestPermission()
      .then(setAnswer)
      .catch(() => undefined);
  };
  return (
    <>
      {permission === 'default' && <IconButton icon="bell" label={signals.notify} onClick={ask} />}
      <IconButton
        aria-pressed={hasSound}
        icon={hasSound ? 'soundOn' : 'soundOff'}
        label={hasSound ? signals.soundOff : signals.soundOn}
        onClick={() => setSound(!hasSound)}
      />
    </>
  );
}

const permissionNow = () => (typeof Notification === 'undefined' ? 'denied' : Notification.permission);
