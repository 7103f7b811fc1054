import { act, renderHook, waitFor } from '@testing-library/react';
import { useLive } from './useLive';

describe('useLive', () => {
  it('keeps what is known when an attempt fails, and says that it failed', async () => {
    const load = jest.fn().mockResolvedValueOnce('first');
    const { result } = renderHook(() => useLive(load, 'a'));
    expect(result.current.loading).toBe(true);
    await waitFor(() => expect(result.current.value).toBe('first'));

    load.mockRejectedValueOnce(new Error('gone'));
    act(() => result.current.reload());
    await waitFor(() => expect(result.current.error?.message).toBe('gone'));
    expect(result.current.value).toBe('first');
    expect(result.current.loading).toBe(false);

    load.mockResolvedValueOnce('second');
    act(() => result.current.reload());
    await waitFor(() => expect(result.current.value).toBe('second'));
    expect(result.current.error).toBeUndefined();
  });

  it('shows nothing of one thing under the name of another', async () => {
    const { result, rerender } = renderHook(
      ({ name }) =>
        useLive(
          () => (name === 'a' ? Promise.resolve('A') : new Promise(() => {})),
          name,
        ),
      { initialProps: { name: 'a' } },
    );
    await waitFor(() => expect(result.current.value).toBe('A'));
    rerender({ name: 'b' });
    await waitFor(() => expect(result.current.loading).toBe(true));
    expect(result.current.value).toBeUndefined();
  });
});
