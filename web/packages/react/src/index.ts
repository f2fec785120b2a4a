'use client';

export { HaggleError, type HaggleErrorKind, type ServerLimits } from './client/index.ts';
export type * from './client/public-types.ts';
export * from './components/index.ts';
export * from './hooks/index.ts';
export {
  arabic,
  defineLabels,
  english,
  type LabelOverrides,
  type Labels,
  useFormat,
  useLabels,
} from './labels/index.ts';
export { HaggleProvider, type HaggleProviderProps } from './provider/HaggleProvider.tsx';
export { Appearance, type AppearanceValue } from './theme/index.ts';
