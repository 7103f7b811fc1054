import { NotFoundError } from '@backstage/errors';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { currentAddress, renderPage } from '../../__testUtils__/renderPage';

const COLD = { timeout: 20_000 };

async function renderArtifacts(api: CoderFleetApi, query = '') {
  renderPage(`/coder-fleet/payments/artifacts${query}`, { api });
  return within(await screen.findByRole('region', { name: 'Files' }, COLD));
}

describe('DeploymentArtifacts', () => {
  it('says of each file how it compares with what was rendered', async () => {
    const files = await renderArtifacts(aCoderFleetApi());
    expect(
      files.getAllByRole('listitem').map(item => item.textContent),
    ).toEqual([
      'coder-deployment.yamlas rendered',
      'README.mdedited by hand',
      'helm/values.yamlmissing',
      'notes.txtnot rendered',
    ]);
  });

  it('shows a file as text with line numbers, and keeps it in the address', async () => {
    const api = aCoderFleetApi();
    const files = await renderArtifacts(api);
    await userEvent.click(files.getByRole('link', { name: 'README.md' }));
    expect(currentAddress()).toBe(
      '/coder-fleet/payments/artifacts?file=README.md',
    );
    const content = await screen.findByRole('region', {
      name: 'Content of README.md',
    });
    expect(content.querySelector('code')?.textContent).toBe(
      'kind: Coder\nspec: {}\n',
    );
    expect(content.querySelector('pre')?.textContent).toBe('1\n2');
    expect(
      screen.getByRole('button', { name: 'Copy the file' }),
    ).toBeInTheDocument();
    expect(screen.getByText('Commit 3f1c9a7')).toBeInTheDocument();
    expect(files.getByRole('link', { name: 'README.md' })).toHaveAttribute(
      'aria-current',
      'true',
    );
  });

  it('renders markup in a file as text', async () => {
    const hostile = '<img src=x onerror=alert(1)>';
    await renderArtifacts(
      aCoderFleetApi({
        getArtifactFile: async (_name, path) => ({
          path,
          commit: 'abc',
          size: 1,
          content: hostile,
        }),
      }),
    );
    const content = await screen.findByRole('region', { name: /Content of/ });
    expect(content).toHaveTextContent(hostile);
    expect(content.querySelector('img')).toBeNull();
  });

  it('does not ask for a file that is missing', async () => {
    const api = aCoderFleetApi();
    await renderArtifacts(api, '?file=helm/values.yaml');
    expect(
      await screen.findByText(/is not in the repository any more/),
    ).toBeInTheDocument();
    expect(api.getArtifactFile).not.toHaveBeenCalled();
  });

  it('says that a file is not text', async () => {
    await renderArtifacts(
      aCoderFleetApi({
        getArtifactFile: async (_name, path) => ({
          path,
          commit: 'abc',
          size: 1,
        }),
      }),
    );
    expect(
      await screen.findByText('This file is not text.'),
    ).toBeInTheDocument();
  });

  it('lists the commits', async () => {
    await renderArtifacts(aCoderFleetApi());
    const history = within(screen.getByRole('region', { name: 'History' }));
    expect(history.getByText('Create payments')).toBeInTheDocument();
    expect(history.getByText('3f1c9a7')).toBeInTheDocument();
  });

  it('says when there is no repository to read', async () => {
    const api = aCoderFleetApi({
      getArtifacts: jest.fn().mockRejectedValue(new NotFoundError('none')),
    });
    renderPage('/coder-fleet/payments/artifacts', { api });
    expect(
      await screen.findByText('There are no artifacts to show', {}, COLD),
    ).toBeInTheDocument();
  });
});
