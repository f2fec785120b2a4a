import { fireEvent, render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { initials } from '../../theme/avatar.ts';
import { Avatar } from './Avatar.tsx';

it('shows initials when the picture does not load', () => {
  const { container } = render(<Avatar id="u" image="/gone.svg" name="Mara Lindqvist" />);
  const picture = container.querySelector('img');
  expect(picture).not.toBeNull();
  if (picture) fireEvent.error(picture);
  expect(container.textContent).toBe('ML');
});

it.each([
  ['Mara Lindqvist', 'ML'],
  ['Porto Cork & Design', 'PD'],
  ['مؤسسة النيل', 'ما'],
  ['  ', ''],
])('makes initials of "%s"', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
