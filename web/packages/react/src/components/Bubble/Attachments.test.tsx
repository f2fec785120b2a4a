import { screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { stubBrowser } from '../testing/browser.ts';
import { buyer } from '../testing/fixtures.ts';
import { show } from '../testing/show.tsx';
import { Attachments } from './Attachments.tsx';

vi.mock('../../hooks/index.ts', () => import('../testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const external = (name: string, type: string, url: string) => ({
  id: name,
  name,
  type,
  size: 0,
  url,
  isExternal: true,
});

it('a file of an earlier chat is a link to where it is, and nothing of it is fetched', () => {
  const files = [
    external('offer.pdf', 'application/pdf', '/uploads/offer.pdf'),
    external('photo.png', 'image/png', 'https://cdn.example/photo.png'),
  ];
  show({ me: buyer }, <Attachments conversationId="c1" files={files} messageId="m1" />);
  const links = screen.getAllByRole('link');
  expect(links.map((link) => link.getAttribute('href'))).toEqual(files.map((file) => file.url));
  for (const link of links) {
    expect(link).toHaveProperty('target', '_blank');
    expect(link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(link.hasAttribute('download')).toBe(false);
  }
  expect(screen.queryByRole('img')).toBeNull();
  expect(screen.queryByText(/0 B|0 kB/)).toBeNull();
});
