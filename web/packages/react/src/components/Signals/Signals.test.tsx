import { act, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from '../../client/index.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { hear, setScene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { Signals } from './Signals.tsx';
import { playSound } from './sound.ts';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
vi.mock('./sound.ts', () => ({ playSound: vi.fn(async () => undefined) }));
beforeEach(() => {
  stubBrowser();
  vi.mocked(playSound).mockClear();
});
afterEach(() => {
  vi.unstubAllGlobals();
  localStorage.clear();
});

const message = { conversationId: 'c1', senderName: 'Anatolia Textiles', message: 'Good morning' } as Message;

it('puts the count before the title of the page, whoever sets it, and takes it away again', async () => {
  document.title = 'Market';
  show({ me: buyer, conversations: [conversation({ unreadCount: 3 })] }, <Signals />);
  expect(document.title).toBe('(3) Market');
  document.title = 'Cotton tote';
  await waitFor(() => expect(document.title).toBe('(3) Cotton tote'));
  act(() => setScene({ conversations: [conversation()] }));
  expect(document.title).toBe('Cotton tote');
});

describe('a message from somebody else', () => {
  it('sounds when the person has turned the sound on', () => {
    show({}, <Signals />);
    hear(message);
    expect(playSound).not.toHaveBeenCalled();
    localStorage.setItem('haggle:sound', 'on');
    show({}, <Signals />);
    hear(message);
    expect(playSound).toHaveBeenCalledTimes(1);
  });

  it('becomes a notification of the browser while one looks elsewhere, if that is allowed', async () => {
    const shown = vi.fn();
    const stub = (permission: string) =>
      vi.stubGlobal(
        'Notification',
        Object.assign(
          class {
            constructor(...given: unknown[]) {
              shown(...given);
            }
          },
          { permission },
        ),
      );
    vi.spyOn(document, 'hasFocus').mockReturnValue(false);
    show({}, <Signals />);
    stub('default');
    hear(message);
    expect(shown).not.toHaveBeenCalled();
    stub('granted');
    hear(message);
    await waitFor(() => expect(shown).toHaveBeenCalled());
    expect(shown.mock.calls).toEqual([['Anatolia Textiles', { body: 'Good morning', tag: 'c1' }]]);
  });
});
