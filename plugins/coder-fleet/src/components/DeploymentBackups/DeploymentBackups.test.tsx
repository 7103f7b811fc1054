import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { aBackupsReport, aDetail } from '../../__testUtils__/fixtures';
import { renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function open(
  overrides: Partial<CoderFleetApi> = {},
  options: { denied?: boolean } = {},
) {
  const api = aCoderFleetApi(overrides);
  await renderPage('/coder-fleet/payments/backups', {
    api,
    allowed: !options.denied,
  });
  await screen.findByRole('heading', { name: 'How it stands' }, COLD);
  return api;
}

const panel = (name: string) => within(screen.getByRole('region', { name }));

it('shows what was backed up, that it restores, and until when that holds', async () => {
  await open();
  const standing = panel('How it stands');
  expect(standing.getByText('Recent').closest('[data-tone]')).toHaveAttribute(
    'data-tone',
    'ok',
  );
  expect(standing.getByText('Proved')).toBeVisible();
  expect(standing.getByText('0 2 * * * UTC')).toBeVisible();
  const [row] = screen
    .getAllByRole('row')
    .filter(element => element.textContent?.includes('s3:backups'));
  expect(row).toHaveTextContent(
    /Succeeded.*Read back.*100 MiB.*1 min 0 s.*v2\.36\.5.*schema 412.*s3:backups\/payments/,
  );
  const drill = screen
    .getAllByRole('row')
    .find(element => element.textContent?.includes('41.0 s'));
  expect(drill).toHaveTextContent('20261129T020000Z-abcdef');
});

it.each([
  ['failing', 'Recent, but the newest run failed', 'warning'],
  ['overdue', 'Overdue', 'error'],
] as const)('is not green when it is %s', async (standing, text, tone) => {
  await open({
    getBackups: async () => aBackupsReport({ backup: { standing } }),
  });
  expect(
    panel('How it stands').getByText(text).closest('[data-tone]'),
  ).toHaveAttribute('data-tone', tone);
});

it('says why a run failed', async () => {
  const [record] = aBackupsReport().records;
  await open({
    getBackups: async () =>
      aBackupsReport({
        records: [
          {
            ...record,
            outcome: 'failed',
            error: 'pg_dump failed: <b>No space left on device</b>',
          },
        ],
      }),
  });
  expect(
    screen.getByText('pg_dump failed: <b>No space left on device</b>'),
  ).toBeVisible();
});

it('says that nothing is known, and what to do, where nobody reported', async () => {
  await open({
    getBackups: async () =>
      aBackupsReport({
        backup: { standing: 'never' },
        drill: { standing: 'never' },
        records: [],
        drills: [],
      }),
  });
  expect(
    screen.getByText('Not known: none was reported').closest('[data-tone]'),
  ).toHaveAttribute('data-tone', 'unknown');
  expect(screen.getByText(/Issue a report token, put it into/)).toBeVisible();
  expect(screen.getByText(/The drill job in kubernetes\/backup/)).toBeVisible();
});

it('shows a token once, and not any more once that is confirmed', async () => {
  const token = { id: 'aaaaaaaa-1', createdBy: 'user:default/paula' };
  const api = await open({
    listReportTokens: async () => ({
      items: [{ ...token, createdAt: new Date().toISOString() }],
    }),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Issue a token' }),
  );
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('cfr_shown-once');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'I have kept it' }),
  );
  await waitFor(() =>
    expect(screen.queryByText('cfr_shown-once')).not.toBeInTheDocument(),
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Revoke aaaaaaaa' }),
  );
  expect(api.revokeReportToken).toHaveBeenCalledWith('payments', 'aaaaaaaa-1');
});

it('tells who may not issue tokens, and lists none', async () => {
  // Permissions are remembered by deployment: this one was not asked about yet
  const api = await open(
    { getDeployment: async () => aDetail({ name: 'orders' }) },
    { denied: true },
  );
  const button = screen.getByRole('button', { name: 'Issue a token' });
  await waitFor(() => expect(button).toBeDisabled());
  expect(api.listReportTokens).not.toHaveBeenCalled();
});
