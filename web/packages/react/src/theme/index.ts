export { Appearance, type AppearanceValue, useAppearance } from './Appearance.tsx';
export { rootClasses } from './root.ts';
