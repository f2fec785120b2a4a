import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { Composer } from './Composer.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const compose = (scene: Partial<Scene> = {}) => {
  const shown = show(
    { me: buyer, conversations: [conversation()], ...scene },
    <Composer conversationId="c1" />,
  );
  return { ...shown, field: screen.getByRole('textbox', { name: 'Message to Anatolia Textiles' }) };
};
const sent = () => (getScene().messages['c1'] ?? []).map((message) => message.text);

describe('the composer', () => {
  it('sends with Enter, trimmed, and is empty afterwards', async () => {
    const { user, field } = compose();
    await user.type(field, '  2.40 is fine {Enter}');
    expect(sent()).toEqual(['2.40 is fine']);
    expect(field).toHaveProperty('value', '');
  });

  it('breaks the line with Shift and Enter', async () => {
    const { user, field } = compose();
    await user.type(field, 'one{Shift>}{Enter}{/Shift}two');
    expect(field).toHaveProperty('value', 'one\ntwo');
    expect(sent()).toEqual([]);
  });

  it('leaves the Enter that ends a composition to the input method', async () => {
    const { user, field } = compose();
    await user.type(field, 'かく');
    fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(field, { key: 'Enter', keyCode: 229 });
    expect(sent()).toEqual([]);
  });

  it('sends nothing that is only space', async () => {
    const { user, field } = compose();
    await user.type(field, '   {Enter}');
    expect(sent()).toEqual([]);
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });

  it('says when one may go on after a limit, and keeps the text', async () => {
    const { user, field } = compose({ blockedUntil: Date.now() + 24_000, drafts: { c1: 'Wait for me' } });
    screen.getByText(/You can send again in 2[34] seconds; your text is kept/);
    await user.type(field, '{Enter}');
    expect(sent()).toEqual([]);
    expect(field).toHaveProperty('value', 'Wait for me');
  });

  it('explains a text that is too long before it is sent', () => {
    compose({ drafts: { c1: 'a'.repeat(10_003) } });
    screen.getByText('3 characters too many');
    expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  });

  it('waits for uploads and says what is wrong with a file', () => {
    const base = { previewUrl: null, file: null, size: 9, progress: 0.5 };
    compose({
      drafts: { c1: 'see this' },
      uploads: [
        { ...base, key: 'a', name: 'drawing.pdf', status: 'uploading', problem: null },
        { ...base, key: 'b', name: 'tour.zip', status: 'failed', problem: 'too-large' },
      ],
    });
    screen.getByRole('progressbar', { name: 'Uploading drawing.pdf' });
    screen.getByText('tour.zip is larger than 25 MB.');
    expect(screen.getByRole('button', { name: 'Send' })).toHaveProperty('disabled', true);
  });

  it('takes a file back', async () => {
    const upload = {
      key: 'a',
      name: 'a.pdf',
      size: 9,
      previewUrl: null,
      progress: 1,
      file: null,
      problem: null,
    };
    const { user } = compose({ uploads: [{ ...upload, status: 'done' }] });
    await user.click(screen.getByRole('button', { name: 'Remove a.pdf' }));
    expect(getScene().uploads).toEqual([]);
  });
});
