export { arabic as labels } from '../labels/ar.ts';
