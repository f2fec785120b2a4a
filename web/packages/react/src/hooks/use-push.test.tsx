import { act, waitFor } from '@testing-library/react';
import { HttpResponse } from 'msw';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Preferences } from '../client/everyday-api.ts';
import { setStage } from '../testing/stage.tsx';
import { usePreferences, usePush } from './index.ts';

const stage = setStage();
const worker = '/haggle-push.js';

let preferences: Preferences;
let subscription: object | null;

beforeEach(() => {
  preferences = { email: 'daily', push: false, quietHours: null, language: 'en' };
  subscription = null;
  const subscribe = async () => {
    subscription = {
      endpoint: 'https://push.example/1',
      toJSON: () => ({ endpoint: 'https://push.example/1' }),
    };
    return subscription;
  };
  const registration = { pushManager: { getSubscription: async () => subscription, subscribe } };
  const serviceWorker = {
    ready: Promise.resolve(registration),
    register: async () => registration,
    getRegistration: async () => registration,
  };
  vi.stubGlobal('PushManager', class {});
  vi.stubGlobal('Notification', { permission: 'default', requestPermission: async () => 'granted' });
  Object.defineProperty(navigator, 'serviceWorker', { configurable: true, value: serviceWorker });
  stage.interfere = (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.endsWith('/push/key')) return HttpResponse.json({ publicKey: 'AAAA' });
    if (pathname.endsWith('/push/subscriptions')) return new HttpResponse(null, { status: 201 });
    if (!pathname.endsWith('/preferences')) return undefined;
    if (request.method === 'GET') return HttpResponse.json({ ...preferences });
    request.json().then((body) => {
      preferences = body;
    });
    return new HttpResponse(null, { status: 204 });
  };
});
afterEach(() => {
  vi.unstubAllGlobals();
  Reflect.deleteProperty(navigator, 'serviceWorker');
});

const open = () => stage.render(() => ({ push: usePush(worker), wanted: usePreferences() }));

it('turning push on says so for the person too, and changes nothing else of what they prefer', async () => {
  const { result } = open();
  await waitFor(() => expect(result.current.push.state).toBe('off'));
  await waitFor(() => expect(result.current.wanted.status).toBe('success'));
  await act(() => result.current.push.turnOn());
  expect(result.current.push.state).toBe('on');
  await waitFor(() => expect(preferences).toMatchObject({ email: 'daily', push: true }));
  expect(result.current.wanted.preferences?.push).toBe(true);
});

it('a browser that subscribed is not on while the person wants none anywhere', async () => {
  subscription = { endpoint: 'https://push.example/1' };
  const { result } = open();
  await waitFor(() => expect(result.current.push.state).toBe('off'));
});
