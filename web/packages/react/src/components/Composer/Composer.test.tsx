import { fireEvent, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HaggleError } from '../../client/index.ts';
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

  it('says of a file what the server says of it, in one sentence', () => {
    const fields = { file: 'Is broken or not complete; save it again and send that' };
    const problem = new HaggleError('refused', 'Check the fields', { status: 400, fields });
    compose({ uploads: [{ ...ready, key: 'a', name: 'image.png', status: 'failed', problem }] });
    screen.getByText('image.png is broken or not complete; save it again and send that.');
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

  const ready = { previewUrl: null, file: null, size: 9, progress: 1, problem: null };

  it('says that Send waits for an upload, and says it again to whoever presses Enter', async () => {
    const uploads = [{ ...ready, key: 'a', name: 'a.pdf', status: 'uploading' as const, progress: 0.5 }];
    const { user, field } = compose({ drafts: { c1: 'see this' }, uploads });
    expect(screen.queryByRole('alert')).toBeNull();
    screen.getByText('A file is still being uploaded. You can send when it is done.');
    await user.type(field, '{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('still being uploaded');
    expect(sent()).toEqual([]);
    expect(field).toHaveProperty('value', 'see this');
  });

  it.each([
    ['too-large', 'b.zip is larger than 25 MB.'],
    ['too-many', 'b.zip is one too many: a message can carry 10 files.'],
    ['empty', 'b.zip is empty.'],
    ['folder', 'b.zip is a folder. Attach the files in it, or pack it as a ZIP file.'],
    ['lost', 'The upload of b.zip was interrupted. Please choose the file again.'],
    [
      'expired',
      'b.zip was attached more than a day ago and is no longer stored. Please choose the file again.',
    ],
  ] as const)('holds the message back while a file is refused as %s', async (problem, words) => {
    const uploads = [{ ...ready, key: 'b', name: 'b.zip', status: 'failed' as const, problem }];
    const { user, field } = compose({ drafts: { c1: 'see this' }, uploads });
    screen.getByText(words);
    screen.getByText('One file cannot be sent. Remove it to send the rest.');
    await user.type(field, '{Enter}');
    expect(sent()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Remove b.zip' }));
    await user.type(field, '{Enter}');
    expect(sent()).toEqual(['see this']);
  });

  it('holds the message back while an upload has failed, which can be tried again', async () => {
    const problem = new HaggleError('network', 'Gone');
    const uploads = [{ ...ready, key: 'b', name: 'b.zip', status: 'failed' as const, problem }];
    const { user, field } = compose({ drafts: { c1: 'see this' }, uploads });
    screen.getByText('One file was not uploaded. Try again or remove it, then send.');
    screen.getByRole('button', { name: 'Try again' });
    await user.type(field, '{Enter}');
    expect(sent()).toEqual([]);
  });

  it('says under which name a file will be sent, if not its own', () => {
    const file = { id: 'f', name: 'part.stl.step', type: 'model/step', size: 9, url: '/f' };
    compose({ uploads: [{ ...ready, key: 'a', name: 'part.stl', status: 'done', file }] });
    screen.getByText(/Will be sent as part.stl.step/);
  });

  it('says when an upload that was one of too many is tried again', () => {
    const problem = new HaggleError('limited', 'Too many', { status: 429, retryAfterMs: 20_000 });
    compose({ uploads: [{ ...ready, key: 'a', name: 'a.pdf', status: 'failed', problem }] });
    screen.getByText(/a\.pdf could not be uploaded yet.*tried again in 20 seconds/);
  });

  it('takes its limits from the server', () => {
    const attachmentTypes = [{ type: 'application/pdf', endings: ['pdf'] }];
    const limits = {
      editMinutes: 0,
      retractMinutes: 0,
      offers: false,
      messageCharacters: 5,
      attachmentBytes: 3 << 20,
      attachmentsPerMessage: 1,
      attachmentTypes,
    };
    compose({ limits, drafts: { c1: 'abcdefg' } });
    screen.getByText('2 characters too many');
    expect(screen.getByTitle('Attach files. 1 file of at most 3 MB: PDF')).toBeTruthy();
    expect(document.querySelector('input')?.accept).toBe('application/pdf,.pdf');
  });

  it('says how long to wait in words that people use', () => {
    compose({ blockedUntil: Date.now() + 695_500, drafts: { c1: 'Wait' } });
    screen.getByText('That was fast. You can send again in 12 minutes; your text is kept.');
  });

  it('on a touch screen Enter breaks the line and the button sends', async () => {
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: query === '(pointer: coarse)',
      addEventListener() {},
    }));
    const { user, field } = compose();
    await user.type(field, 'one{Enter}two');
    expect(field).toHaveProperty('value', 'one\ntwo');
    expect(field.getAttribute('enterkeyhint')).toBe('enter');
    expect(sent()).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Send' }));
    expect(sent()).toEqual(['one\ntwo']);
  });

  it('says so when the browser cannot store what is written', () => {
    compose({ storesDrafts: false, drafts: { c1: 'text' } });
    screen.getByText('This browser cannot store the draft. It is lost when the page is closed.');
  });

  it('keeps the space that somebody types first', async () => {
    const { user, field } = compose();
    await user.type(field, ' ');
    expect(field).toHaveProperty('value', ' ');
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
