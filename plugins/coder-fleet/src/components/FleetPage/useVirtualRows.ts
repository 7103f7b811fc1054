import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, type RefObject } from 'react';
import type { FleetRows } from '../../hooks/useFleetRows';
import { ROW_HEIGHT } from './FleetRow';

/** Rows kept beyond what is visible, so that scrolling does not show gaps. */
const OVERSCAN = 8;

/**
 * Which rows must be in the document for what is on screen, and the heights in pixels that stand for
 * the others. Tells `rows` what is looked at.
 *
 * @internal
 */
export function useVirtualRows(
  scroller: RefObject<HTMLElement>,
  rows: FleetRows,
) {
  const virtualizer = useVirtualizer({
    count: rows.totalItems,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
  });
  const items = virtualizer.getVirtualItems();
  const head = items[0];
  const tail = items[items.length - 1];

  const { show, outdated } = rows;
  const first = head?.index ?? 0;
  const last = tail?.index ?? 0;
  useEffect(() => show(first, last), [show, first, last]);

  // Another query begins at its top.
  useEffect(() => {
    if (outdated && scroller.current) {
      scroller.current.scrollTop = 0;
    }
  }, [outdated, scroller]);

  return {
    items,
    above: head?.start ?? 0,
    below: virtualizer.getTotalSize() - (tail?.end ?? 0),
  };
}
