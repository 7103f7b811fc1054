import { useLayoutEffect, useState, type RefObject } from 'react';

/** Below this a table is not readable: the page scrolls instead. */
const MIN_HEIGHT = 320;

/** What stays free below. */
const MARGIN = 24;

/**
 * The height from where an element begins down to the end of the window, in pixels, whatever frame
 * the app draws around it.
 *
 * @internal
 */
export function useRemainingHeight(element: RefObject<HTMLElement>): number {
  const [height, setHeight] = useState(MIN_HEIGHT);

  useLayoutEffect(() => {
    const measure = () => {
      const top = element.current?.getBoundingClientRect().top ?? 0;
      setHeight(Math.max(MIN_HEIGHT, window.innerHeight - top - MARGIN));
    };
    measure();
    window.addEventListener('resize', measure);
    // What stands above may wrap into more lines.
    const parent = element.current?.parentElement;
    const observer =
      parent && typeof ResizeObserver !== 'undefined'
        ? new ResizeObserver(measure)
        : undefined;
    if (parent) {
      observer?.observe(parent);
    }
    return () => {
      window.removeEventListener('resize', measure);
      observer?.disconnect();
    };
  }, [element]);

  return height;
}
