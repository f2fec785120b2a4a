import { useCallback, useEffect, useState } from 'react';
import {
  addPushSubscription,
  getPreferences,
  getPushKey,
  putPreferences,
  removePushSubscription,
} from '../client/late-api.ts';
import { useChat } from '../provider/context.ts';
import { preferencesKey } from './use-preferences.ts';

/**
 * `unknown` until it has been looked at; `missing` where the browser, the page or the server has none; `denied` when
 * somebody has forbidden it in the browser.
 */
export type PushState = 'unknown' | 'missing' | 'denied' | 'off' | 'on';

export interface PushResult {
  state: PushState;
  /** Asks the browser's permission; both reject when the browser or the server does not take it. */
  turnOn: () => Promise<void>;
  turnOff: () => Promise<void>;
}

/** Messages that reach this browser while no page is open. `worker` is the address of the kit's service worker. */
export function usePush(worker: string | null): PushResult {
  const { client, queryClient } = useChat();
  const { http } = client;
  const [state, setState] = useState<PushState>('unknown');
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    const look = async (): Promise<[PushState, string | null]> => {
      const isThere = 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
      if (worker === null || !isThere) return ['missing', null];
      const serverKey = await getPushKey(http);
      if (serverKey === null) return ['missing', null];
      if (Notification.permission === 'denied') return ['denied', serverKey];
      const isOn = (await subscriptionOf(worker)) !== null && (await getPreferences(http)).push;
      return [isOn ? 'on' : 'off', serverKey];
    };
    look().then(
      ([next, serverKey]) => {
        if (isGone) return;
        setKey(serverKey);
        setState(next);
      },
      () => {
        if (!isGone) setState('missing');
      },
    );
    return () => {
      isGone = true;
    };
  }, [worker, http]);
  const turnOn = useCallback(async () => {
    if (worker === null || key === null) return;
    if ((await Notification.requestPermission()) !== 'granted') {
      setState('denied');
      return;
    }
    const registration = await navigator.serviceWorker.register(worker);
    await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: bytesOf(key),
    });
    await addPushSubscription(http, subscription.toJSON());
    // The preference is the person's, for all their browsers: who wants it here wants it.
    const preferences = await getPreferences(http);
    if (!preferences.push) {
      await putPreferences(http, { ...preferences, push: true });
      queryClient.setQueryData(preferencesKey, { ...preferences, push: true });
    }
    setState('on');
  }, [worker, key, http, queryClient]);
  const turnOff = useCallback(async () => {
    const subscription = worker === null ? null : await subscriptionOf(worker);
    if (subscription !== null) {
      await removePushSubscription(http, subscription.endpoint);
      await subscription.unsubscribe();
    }
    setState('off');
  }, [worker, http]);
  return { state, turnOn, turnOff };
}

async function subscriptionOf(worker: string): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

/** The server's key is base64url, and browsers want its bytes. */
function bytesOf(key: string): Uint8Array<ArrayBuffer> {
  const text = atob(key.replace(/-/g, '+').replace(/_/g, '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
