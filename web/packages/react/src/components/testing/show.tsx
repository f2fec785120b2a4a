import { cleanup, render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import { onTestFinished } from 'vitest';
import { emptyScene, type Scene, setScene } from './scene.ts';

/** Draws something for this test, with what the hooks shall say; `user` acts on it. */
export function show(scene: Partial<Scene>, element: ReactNode) {
  // What is left on the page would go on with its timers after the page is gone.
  onTestFinished(cleanup);
  setScene({ ...emptyScene, ...scene });
  return { user: userEvent.setup(), ...render(element) };
}
