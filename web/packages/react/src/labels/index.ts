export { arabic } from './ar.js';
export { english } from './en.js';
export { type Format, formatOf } from './format.js';
export { defineLabels, type LabelOverrides, type Labels } from './labels.js';
export { useFormat, useLabels } from './use-labels.js';
