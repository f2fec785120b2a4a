export { arabic } from './ar.ts';
export { english } from './en.ts';
export type { Format } from './format.ts';
export { defineLabels, type LabelOverrides, type Labels } from './labels.ts';
export { useFormat, useLabels } from './use-labels.ts';
