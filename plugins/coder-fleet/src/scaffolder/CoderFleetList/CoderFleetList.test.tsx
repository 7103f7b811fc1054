import { renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { coderFleetListOptions } from './coderFleetListOptions';

const DEFAULTS = {
  displayName: 'Managed',
  owner: 'group:default/platform',
  businessUnit: 'retail',
  edition: 'premium',
  users: { expected: 200 },
  regions: [{ name: 'eu-west', cluster: 'eu-west-1' }],
  database: { type: 'external', highlyAvailable: true },
  backup: { schedule: '0 2 * * *', retentionDays: 30 },
  release: { channel: 'stable' },
};
const item = (name: string, more: object = {}) => ({
  name,
  spec: { accessUrl: `https://${name}.example.com`, ...more },
});
/** JSON is YAML, too. */
const list = (...deployments: object[]) =>
  JSON.stringify({ defaults: DEFAULTS, deployments });

async function renderForm() {
  const onCreate = jest.fn(async () => {});
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Template',
        steps: [
          {
            title: 'Step',
            schema: {
              type: 'object',
              required: ['list'],
              properties: {
                list: {
                  title: 'Deployments',
                  type: 'string',
                  description: 'In YAML',
                  'ui:field': 'CoderFleetList',
                },
              },
            } as never,
          },
        ],
      }}
      extensions={[
        {
          ...coderFleetListOptions,
          schema: coderFleetListOptions.schema.schema,
        } as never,
      ]}
      onCreate={onCreate}
    />,
  );
  const field = await screen.findByRole('textbox', { name: /Deployments/ });
  return {
    onCreate,
    field,
    write: (value: string) => fireEvent.change(field, { target: { value } }),
    review: () =>
      userEvent.click(screen.getByRole('button', { name: 'Review' })),
  };
}

describe('CoderFleetList', () => {
  it('says how many deployments it reads, and gives the text as it was written', async () => {
    const { field, onCreate, review, write } = await renderForm();
    const text = `# \${{ 7 * 7 }}\n${list(item('north'), item('south'))}`;
    write(text);
    expect(await screen.findByText('2 deployments')).toBeInTheDocument();
    expect(field).toHaveAccessibleDescription('In YAML 2 deployments');
    await review();
    await userEvent.click(
      await screen.findByRole('button', { name: 'Create' }),
    );
    await waitFor(() => expect(onCreate).toHaveBeenCalledWith({ list: text }));
  });

  it('names row, deployment and field once it is left', async () => {
    const { field, write } = await renderForm();
    const problem =
      'Row 2 (south), spec.users.expected: At least 1 user must be expected';
    await userEvent.click(field);
    write(list(item('north'), item('south', { users: { expected: 0 } })));
    expect(screen.queryByText(problem)).toBeNull();
    await userEvent.tab();
    expect(await screen.findByText(problem)).toBeInTheDocument();
    expect(field).toHaveAttribute('aria-invalid', 'true');
  });

  it('shows the first problems of a list that is wrong throughout', async () => {
    const { field, write } = await renderForm();
    await userEvent.click(field);
    write(
      list(
        ...Array.from({ length: 15 }, (_, index) =>
          item(`d${index}`, { edition: 'gold' }),
        ),
      ),
    );
    await userEvent.tab();
    expect(await screen.findAllByText(/spec\.edition: /)).toHaveLength(10);
    expect(screen.getByText('and 5 more')).toBeInTheDocument();
  });

  it('keeps the form at its step while something is wrong', async () => {
    const { field, onCreate, review, write } = await renderForm();
    expect(field).toBeRequired();
    write(list(item('north'), item('north')));
    await review();
    // Its name and its access URL are taken
    expect(
      await screen.findAllByText(/'Deployments' Row 2 \(north\)/),
    ).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
    expect(onCreate).not.toHaveBeenCalled();
  });
});
