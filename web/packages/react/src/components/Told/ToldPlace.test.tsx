import { screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { show } from '../testing/show.tsx';
import { ToldPlace } from './ToldPlace.tsx';
import { tell, told } from './told.ts';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(() => {
  stubBrowser();
  told.set(null);
});
afterEach(() => void vi.useRealTimers());

it('a word for which there was no place is shown while it is news, and not later', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  tell('2 suppliers were asked.');
  const { unmount } = show({}, <ToldPlace />);
  screen.getByText('2 suppliers were asked.');
  unmount();
  vi.setSystemTime(Date.now() + 60_000);
  show({}, <ToldPlace />);
  expect(screen.queryByText('2 suppliers were asked.')).toBeNull();
});
