import type { PullRequestStanding } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aDetail, secondsAgo } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };
const URL_OF_IT = 'https://git.example.com/payments/pulls/7';

/** The page of a deployment with this pull request. */
function render(
  pullRequest: Partial<PullRequestStanding>,
  options: { allowed?: boolean } = {},
) {
  let standing: PullRequestStanding = { url: URL_OF_IT, ...pullRequest };
  const api = aCoderFleetApi({
    getDeployment: async () =>
      aDetail({ state: 'provisioning', pullRequest: standing }),
    confirmMerged: async () => {
      standing = { url: URL_OF_IT };
    },
  });
  renderPage('/coder-fleet/payments', { api, ...options });
  return api;
}

const wait = async () =>
  within(await screen.findByRole('region', { name: 'Its pull request' }, COLD));

describe('MergeWait', () => {
  it('leads to the pull request that is waited for, with nothing to press', async () => {
    render({ openSince: secondsAgo(60) });
    const part = await wait();
    expect(part.getByRole('link')).toHaveAttribute('href', URL_OF_IT);
    expect(part.queryByRole('button')).toBeNull();
  });

  it('says that what was merged is something else, and what to do', async () => {
    render({
      openSince: secondsAgo(60),
      obstacle: { kind: 'different', since: secondsAgo(30) },
    });
    const part = await wait();
    expect(part.getByText(/something else than what was/)).toBeVisible();
    expect(part.queryByRole('button')).toBeNull();
  });

  it('lets who may change it say that it is merged where nothing can read that', async () => {
    const api = render({
      openSince: secondsAgo(60),
      obstacle: {
        kind: 'unreadable',
        since: secondsAgo(30),
        message: 'No integration for git.example.com',
      },
    });
    const part = await wait();
    expect(part.getByText(/No integration for git/)).toBeVisible();
    const button = part.getByRole('button', { name: 'It is merged' });
    await waitFor(() => expect(button).toBeEnabled());
    await userEvent.click(button);
    await waitFor(() =>
      expect(
        screen.queryByRole('region', { name: 'Its pull request' }),
      ).toBeNull(),
    );
    expect(api.confirmMerged).toHaveBeenCalledWith('payments');
    // It stays known with what it came
    expect(screen.getByRole('link', { name: /pulls\/7/ })).toHaveAttribute(
      'href',
      URL_OF_IT,
    );
  });

  it('says why others may not say so', async () => {
    render(
      {
        openSince: secondsAgo(60),
        obstacle: { kind: 'unreadable', since: secondsAgo(30) },
      },
      { allowed: false },
    );
    const part = await wait();
    expect(part.getByRole('button', { name: 'It is merged' })).toBeDisabled();
  });
});
