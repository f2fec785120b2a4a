import type { Labels } from './labels.ts';
import { useLabels } from './use-labels.ts';

/** The labels for what is loaded late. The build of the widget puts another in this place, which brings those words along. */
export function useLateLabels(): Labels {
  return useLabels();
}
