import { useState } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { useSetting } from './use-setting.ts';

/** Switches for the sound and, while the browser has not been asked, for its notifications. */
export function SignalSettings() {
  const { signals } = useLabels();
  const [hasSound, setSound] = useSetting('sound');
  const [permission, setPermission] = useState(() =>
    typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  );
  const ask = () => {
    Notification.requestPermission()
      .then(setPermission)
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
