import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HaggleError } from '../../client/index.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import PreferencesDialog from './Preferences.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const closed = vi.fn();
const open = (scene: Partial<Scene> = {}) =>
  show({ me: buyer, ...scene }, <PreferencesDialog onClose={closed} />);

describe('the preferences', () => {
  it('are changed and saved', async () => {
    const { user } = open();
    await user.selectOptions(screen.getByLabelText('E-mail'), 'daily');
    await user.click(screen.getByLabelText('Leave me in peace at certain hours'));
    expect(screen.getByLabelText('From')).toHaveProperty('value', '20:00');
    await user.click(screen.getByLabelText(/Notify me in this browser/));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(closed).toHaveBeenCalled());
    expect(getScene().preferences).toMatchObject({
      email: 'daily',
      push: true,
      quietHours: { from: '20:00', to: '07:00', timeZone: expect.stringMatching(/\w/) },
    });
  });

  it('leave push messages of other browsers alone where this one has none', async () => {
    const preferences = { email: 'now', push: true, quietHours: null, language: 'en' } as const;
    const { user } = open({ preferences, push: 'off' });
    await user.selectOptions(screen.getByLabelText('E-mail'), 'hourly');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(getScene().preferences).toMatchObject({ email: 'hourly', push: true }));
  });

  it('say which field the server does not take, and stay', async () => {
    const fields = { 'quietHours.from': 'Must be a time such as 20:00' };
    const { user } = open({
      refusal: new HaggleError('refused', 'Check the fields', { status: 400, fields }),
    });
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Must be a time such as 20:00');
  });

  it('offer no notifications where there are none, and say when they are forbidden', () => {
    open({ push: 'missing' });
    expect(screen.queryByLabelText(/Notify me/)).toBeNull();
  });

  it('say that the browser forbids notifications', () => {
    open({ push: 'denied' });
    expect(screen.getByLabelText(/Notify me/)).toHaveProperty('disabled', true);
    screen.getByText(/forbidden in your browser/);
  });
});
