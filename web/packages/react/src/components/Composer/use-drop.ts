import { type RefObject, useEffect, useState } from 'react';
import { type ChosenFiles, chosenFrom } from './chosen-files.ts';

/** Takes files that are dropped onto an element; true while some are held over it. */
export function useDrop(
  target: RefObject<HTMLElement | null>,
  onChosen: (chosen: ChosenFiles) => void,
): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (!(event.relatedTarget instanceof Node && element.contains(event.relatedTarget))) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      onChosen(chosenFrom(event.dataTransfer));
    };
    element.addEventListener('dragover', over);
    element.addEventListener('dragleave', leave);
    element.addEventListener('drop', drop);
    return () => {
      element.removeEventListener('dragover', over);
      element.removeEventListener('dragleave', leave);
      element.removeEventListener('drop', drop);
    };
  }, [target, onChosen]);
  return isOver;
}
