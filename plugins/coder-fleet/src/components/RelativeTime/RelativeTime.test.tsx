import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { NOW, secondsAgo } from '../../__testUtils__/fixtures';
import { ClockProvider } from '../../time';
import { RelativeTime } from './RelativeTime';

function renderAt(at: string) {
  renderInTestApp(
    <ClockProvider clock={() => NOW}>
      <RelativeTime at={at} />
    </ClockProvider>,
  );
}

describe('RelativeTime', () => {
  it('says how long ago, with the exact time in its title', async () => {
    renderAt(secondsAgo(3 * 60));
    const time = await screen.findByText('3 min. ago');
    expect(time).toHaveAttribute('datetime', '2026-10-01T11:57:00.000Z');
    expect(time.title).toContain('2026');
    expect(time.title).toContain('57');
  });

  it('does not put a sight into the future when clocks differ', async () => {
    renderAt(secondsAgo(-30));
    expect(await screen.findByText('just now')).toBeInTheDocument();
  });

  it('shows what is no time as it came', async () => {
    renderAt('soon');
    expect(await screen.findByText('soon')).toBeInTheDocument();
  });
});
