export { arabic as english } from '../labels/ar.ts';
