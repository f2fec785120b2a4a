import './tokens.css';
import classes from './root.module.css';

/** A constant of its own rather than a re-export, so that no bundler drops the tokens that come with it. */
export const rootClasses = classes;
