export { english as labels } from '../labels/en.ts';
