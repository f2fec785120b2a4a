import type { FileInfo } from '../../client/index.ts';

const WIDEST = 300;
const HIGHEST = 260;
const LEAST = 72;

/**
 * The box a picture gets before it has loaded, so that nothing moves when it arrives late: its own shape scaled into
 * the largest box, or a fixed box when the server does not know its size.
 */
export function boxOf({ width, height }: Pick<FileInfo, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  if (!width || !height) return { width: 220, height: 160 };
  const scale = Math.min(1, WIDEST / width, HIGHEST / height);
  return {
    width: Math.max(LEAST, Math.round(width * scale)),
    height: Math.max(LEAST, Math.round(height * scale)),
  };
}

/** A file that is somewhere else is not fetched before somebody asks for it. */
export function isPicture(file: Pick<FileInfo, 'type' | 'isExternal'>): boolean {
  return file.isExternal !== true && /^image\/(png|jpeg|webp|gif)$/.test(file.type);
}
