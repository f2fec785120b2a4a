import { useMemo } from 'react';
import { useAppearance } from '../theme/Appearance.tsx';
import { type Format, formatOf } from './format.ts';
import type { Labels } from './labels.ts';

export function useLabels(): Labels {
  return useAppearance().labels;
}

/** Dates and numbers in the language of the labels, as the reader is used to them. */
export function useFormat(): Format {
  const { locale } = useLabels();
  return useMemo(() => formatOf(locale, readersLocales()), [locale]);
}

function readersLocales(): readonly string[] {
  return typeof navigator === 'undefined' ? [] : navigator.languages;
}
