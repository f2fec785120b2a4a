import type { Labels } from '../labels/labels.ts';
import { lateEnglish as late } from '../labels/late.en.ts';
import { useLabels } from '../labels/use-labels.ts';

const merged = new WeakMap<Labels, Labels>();

/** The labels of the page, with the words that came along. */
export function useLateLabels(): Labels {
  const labels = useLabels();
  const known = merged.get(labels) ?? { ...late, ...labels };
  merged.set(labels, known);
  return known;
}
