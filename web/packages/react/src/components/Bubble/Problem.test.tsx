import { screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { errorFromStatus } from '../../client/errors.ts';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation, own } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { Problem } from './Problem.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const file = (id: string) => ({ id, name: `${id}.pdf`, type: 'application/pdf', size: 9, url: `/${id}` });
const problem = { code: 'validation_failed', message: '3 characters too many', retryAt: null };
const failed = own(1, {
  id: null,
  seq: null,
  status: 'failed',
  text: 'as it was',
  files: [file('a'), file('b')],
  problem,
});

function fail(scene: Partial<Scene> = {}) {
  const given = { me: buyer, conversations: [conversation()], messages: { c1: [failed] } };
  const onDiscard = vi.fn();
  const shown = show(
    { ...given, ...scene },
    <Problem message={failed} onDiscard={onDiscard} onRetry={() => {}} />,
  );
  return { ...shown, onDiscard };
}
const now = () => getScene().messages['c1']?.[0];
const field = () => screen.getByRole('textbox', { name: 'Change the message that was not sent' });

describe('a message that was not sent', () => {
  it('says why, in the words of the server or of the language', () => {
    fail();
    screen.getByText('Not sent: 3 characters too many');
  });

  it('says in words that no reason was given, whatever page came with it', () => {
    const { code, message } = errorFromStatus(422, null, null);
    const page = { ...failed, problem: { code, message, retryAt: null } };
    show({ me: buyer }, <Problem message={page} onDiscard={() => {}} onRetry={() => {}} />);
    screen.getByText('Not sent: The server, or something in front of it, refused it without a reason.');
    expect(screen.queryByText(/HTTP/)).toBeNull();
  });

  it('is changed from its end on', async () => {
    const { user } = fail();
    await user.click(screen.getByRole('button', { name: 'Edit' }));
    expect(document.activeElement).toBe(field());
    expect(field()).toHaveProperty('selectionStart', 'as it was'.length);
  });

  it('is changed in its place and sent again, without a file that was taken out', async () => {
    const { user } = fail();
    await user.click(screen.getByRole('button', { name: 'Edit' }));
    expect(field()).toHaveProperty('value', 'as it was');
    await user.click(screen.getByRole('button', { name: 'Remove a.pdf' }));
    await user.clear(field());
    await user.type(field(), 'better{Enter}');
    expect(now()).toMatchObject({ text: 'better', files: [file('b')], status: 'sending' });
    expect(getScene().drafts).toEqual({ [`edit ${failed.key}`]: '' });
  });

  it('keeps a change that was begun', () => {
    fail({ drafts: { [`edit ${failed.key}`]: 'half a change' } });
    expect(field()).toHaveProperty('value', 'half a change');
  });

  it('is as it was when the change is given up', async () => {
    const { user, onDiscard } = fail();
    await user.click(screen.getByRole('button', { name: 'Edit' }));
    await user.type(field(), ' and more');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(now()).toEqual(failed);
    expect(onDiscard).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onDiscard).toHaveBeenCalledOnce();
  });
});
