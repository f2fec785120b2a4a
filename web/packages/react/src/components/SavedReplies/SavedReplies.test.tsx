import { screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { HaggleError } from '../../client/index.ts';
import { Composer } from '../Composer/Composer.tsx';
import { stubBrowser } from '../testing/browser.ts';
import { buyer, conversation } from '../testing/fixtures.ts';
import { getScene, type Scene } from '../testing/scene.ts';
import { show } from '../testing/show.tsx';
import { fill } from './fill.ts';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const replies = [
  { id: 'r1', name: 'Thanks', text: 'Thank you, {{buyer}}.', isShared: false },
  { id: 'r2', name: 'Terms', text: '30/70 for {{product}}', isShared: true },
];
const product = { id: 'p1', name: 'Tote bag', image: '' };

const compose = (scene: Partial<Scene> = {}) => {
  const shown = show(
    { me: buyer, conversations: [conversation({ product })], replies, ...scene },
    <Composer conversationId="c1" />,
  );
  return { ...shown, field: screen.getByRole('textbox', { name: /Message to/ }) };
};

describe('saved replies', () => {
  it('are found by their name behind a slash, and filled in', async () => {
    const { user, field } = compose();
    await user.type(field, '/te');
    await screen.findByRole('listbox', { name: 'Saved replies' });
    expect(screen.getAllByRole('option').map((each) => each.textContent)).toEqual([
      'TermsCompany30/70 for Tote bag',
      'Manage saved replies…',
    ]);
    await waitFor(() =>
      expect(field.getAttribute('aria-activedescendant')).toBe(screen.getAllByRole('option')[0]?.id),
    );
    await user.keyboard('{Enter}');
    expect(field).toHaveProperty('value', '30/70 for Tote bag');
    expect(getScene().messages['c1']).toBeUndefined();
  });

  it('are chosen with the arrow keys, and left alone after Escape', async () => {
    const { user, field } = compose();
    await user.type(field, '/t');
    await screen.findByRole('listbox');
    await user.keyboard('{ArrowDown}');
    expect(screen.getAllByRole('option')[1]?.getAttribute('aria-selected')).toBe('true');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    await user.keyboard('est{Enter}');
    expect(getScene().messages['c1']?.map((each) => each.text)).toEqual(['/test']);
  });

  it('are written anew, and a name that is taken is said', async () => {
    const { user, field } = compose({ refusal: new HaggleError('refused', 'Taken', { status: 409 }) });
    await user.type(field, '/zzz');
    await user.click(await screen.findByRole('option', { name: 'Manage saved replies…' }));
    await user.click(await screen.findByRole('button', { name: 'New saved reply' }));
    await user.type(screen.getByLabelText('Name'), 'Terms');
    await user.type(screen.getByLabelText('Text'), 'Something');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('There is one with this name already.');
    expect(screen.getByLabelText('Text')).toHaveProperty('value', 'Something');
  });

  it('are removed', async () => {
    const { user, field } = compose();
    await user.type(field, '/zzz');
    await user.click(await screen.findByRole('option', { name: 'Manage saved replies…' }));
    await user.click(await screen.findByRole('button', { name: 'Delete Terms' }));
    await waitFor(() => expect(getScene().replies.map((each) => each.name)).toEqual(['Thanks']));
  });

  it('keep what is not known', () => {
    expect(fill('{{me}} to {{ buyer }} about {{product}}, {{price}}', { me: 'A', buyer: 'B' })).toBe(
      'A to B about {{product}}, {{price}}',
    );
  });
});
