import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { show } from '../testing/show.tsx';
import Lightbox from './Lightbox.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const pictures = ['front', 'back', 'label'].map((name) => ({
  id: name,
  name: `${name}.jpg`,
  url: `/${name}`,
}));

it('leads through the pictures by keys and buttons, and zooms', async () => {
  const { user } = show({}, <Lightbox onClose={() => undefined} pictures={pictures} startId="back" />);
  screen.getByRole('dialog', { name: 'back.jpg' });
  screen.getByText('2 / 3');
  screen.getByRole('button', { name: 'Larger' }).focus();
  await user.keyboard('{ArrowRight}');
  screen.getByAltText('Image label.jpg');
  expect(screen.getByRole('button', { name: 'Next picture' })).toHaveProperty('disabled', true);
  await user.keyboard('{ArrowRight}');
  screen.getByText('3 / 3');
  await user.keyboard('+');
  expect(screen.getByRole('button', { name: 'Smaller' }).getAttribute('aria-pressed')).toBe('true');
  await user.click(screen.getByRole('button', { name: 'Previous picture' }));
  screen.getByAltText('Image back.jpg');
});
