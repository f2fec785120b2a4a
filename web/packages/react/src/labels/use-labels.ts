import { useMemo } from 'react';
import { useAppearance } from '../theme/Appearance.js';
import { type Format, formatOf } from './format.js';
import type { Labels } from './labels.js';

export function useLabels(): Labels {
  return useAppearance().labels;
}

/** Dates and numbers in the language of the labels. */
export function useFormat(): Format {
  const { locale } = useLabels();
  return useMemo(() => formatOf(locale), [locale]);
}
