import { act, renderHook } from '@testing-library/react';
import { POLL_INTERVAL_MS, usePolling } from './usePolling';

function becomes(visibility: DocumentVisibilityState) {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  act(() => {
    document.dispatchEvent(new Event('visibilitychange'));
  });
}

describe('usePolling', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('asks again every 5 seconds while the tab is visible', () => {
    const poll = jest.fn();
    renderHook(() => usePolling(poll));
    jest.advanceTimersByTime(3 * POLL_INTERVAL_MS);
    expect(POLL_INTERVAL_MS).toBe(5_000);
    expect(poll).toHaveBeenCalledTimes(3);
  });

  it('is quiet while the tab is hidden, and asks at once when it is back', () => {
    const poll = jest.fn();
    renderHook(() => usePolling(poll));
    becomes('hidden');
    jest.advanceTimersByTime(10 * POLL_INTERVAL_MS);
    expect(poll).not.toHaveBeenCalled();
    becomes('visible');
    expect(poll).toHaveBeenCalledTimes(1);
  });

  it('stops with its component', () => {
    const poll = jest.fn();
    renderHook(() => usePolling(poll)).unmount();
    jest.advanceTimersByTime(POLL_INTERVAL_MS);
    expect(poll).not.toHaveBeenCalled();
  });
});
