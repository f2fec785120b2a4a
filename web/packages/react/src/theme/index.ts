import './tokens.css';
import rootClasses from './root.module.css';

export { Appearance, type AppearanceValue, useAppearance } from './Appearance.tsx';
export { rootClasses };
