import { cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { emptyScene, type Scene, setScene } from './scene.ts';

/** Draws something with what the hooks shall say; `user` acts on it. */
export function show(scene: Partial<Scene>, element: ReactNode) {
  cleanup();
  setScene({ ...emptyScene, ...scene });
  return { user: userEvent.setup(), ...render(element) };
}
