import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { coderFleetApiRef } from '../../api';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { coderFleetFieldOptions } from './coderFleetFieldOptions';
import type { CoderFleetFieldUiOptions } from './schema';

function aField(
  title: string,
  options: CoderFleetFieldUiOptions,
  more: Record<string, string> = {},
) {
  return {
    title,
    type: 'string',
    'ui:field': 'CoderFleetField',
    'ui:options': options,
    ...more,
  };
}

/** Renders the scaffolder's own form, as a template with these fields gives it. */
async function renderForm(
  properties: Record<string, ReturnType<typeof aField>>,
  api: CoderFleetApi = aCoderFleetApi(),
  allowed = false,
) {
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
              required: Object.keys(properties).slice(0, 1),
              properties,
            },
          },
        ],
      }}
      extensions={[
        {
          ...coderFleetFieldOptions,
          schema: coderFleetFieldOptions.schema.schema,
        } as never,
      ]}
      onCreate={onCreate}
    />,
    {
      apis: [
        [coderFleetApiRef, api],
        mockApis.permission.mock({
          authorize: jest
            .fn()
            .mockResolvedValue({ result: allowed ? 'ALLOW' : 'DENY' }),
        }),
      ],
    },
  );
  await screen.findByRole('button', { name: 'Review' });
  return {
    onCreate,
    next: () => userEvent.click(screen.getByRole('button', { name: 'Review' })),
    create: async () =>
      userEvent.click(await screen.findByRole('button', { name: 'Create' })),
  };
}

describe('CoderFleetField', () => {
  it('shows title and description, and says what is wrong once it is left', async () => {
    await renderForm({
      accessUrl: aField(
        'Access URL',
        { deploymentField: 'accessUrl' },
        { description: 'https, and no path' },
      ),
    });
    const input = screen.getByRole('textbox', { name: /Access URL/ });
    expect(input).toHaveAccessibleDescription('https, and no path');
    await userEvent.type(input, 'http://coder.example.com');
    expect(input).toHaveAttribute('aria-invalid', 'false');
    await userEvent.tab();
    expect(input).toHaveAttribute('aria-invalid', 'true');
    expect(input).toHaveAccessibleDescription(
      'https, and no path The access URL must begin with https://',
    );
  });

  it('keeps the form at its step while something is wrong, and says it once', async () => {
    const form = await renderForm({
      region: aField('Region', { deploymentField: 'region' }),
    });
    await userEvent.type(screen.getByRole('textbox'), 'EU West');
    await form.next();
    const problem =
      'A region must be a DNS label: lower-case letters, digits and "-", beginning and ending with a letter or digit';
    // The list of all errors names the field, too.
    await screen.findByText(`'Region' ${problem}`);
    expect(screen.getAllByText(problem)).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('gives numbers as numbers, and trims nothing', async () => {
    const form = await renderForm({
      name: aField('Name', { deploymentField: 'displayName' }),
      users: aField(
        'Users',
        { deploymentField: 'expectedUsers' },
        { type: 'integer' },
      ),
      share: aField(
        'Share',
        { deploymentField: 'activeShare' },
        { type: 'number' },
      ),
      wildcard: aField('Wildcard', { deploymentField: 'wildcardUrl' }),
    });
    await userEvent.type(screen.getByLabelText(/Name/), ' Pay  ments ');
    await userEvent.type(screen.getByLabelText('Users'), '600');
    await userEvent.type(screen.getByLabelText('Share'), '0.05');
    await form.next();
    await form.create();
    await waitFor(() =>
      expect(form.onCreate).toHaveBeenCalledWith({
        name: ' Pay  ments ',
        users: 600,
        share: 0.05,
      }),
    );
  });

  it('says of a number that it is none', async () => {
    await renderForm({
      users: aField(
        'Users',
        { deploymentField: 'expectedUsers' },
        { type: 'integer' },
      ),
    });
    const input = screen.getByLabelText(/Users/);
    for (const text of ['12abc', '1e3', ' 600', '0x10']) {
      await userEvent.clear(input);
      await userEvent.type(input, text);
      await userEvent.tab();
      expect(input).toHaveValue(text);
      expect(
        screen.getByText('The expected users must be a number'),
      ).toBeInTheDocument();
    }
  });

  it('says while it is typed whether a name is taken', async () => {
    const form = await renderForm(
      {
        name: aField('Name', { deploymentField: 'name', checkTaken: true }),
      },
      aCoderFleetApi({
        checkName: async name => ({ name, available: name !== 'payments' }),
      }),
    );
    const input = screen.getByRole('textbox', { name: /Name/ });
    await userEvent.type(input, 'payments');
    expect(
      await screen.findByText('The name "payments" is taken'),
    ).toBeInTheDocument();
    await form.next();
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();

    await userEvent.type(input, '-2');
    expect(await screen.findByText('The name is free')).toBeInTheDocument();
    await form.next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });

  it('lets a deployment be changed under its name by who may do so', async () => {
    const form = await renderForm(
      { name: aField('Name', { deploymentField: 'name', checkTaken: true }) },
      aCoderFleetApi({
        checkName: async name => ({ name, available: false }),
      }),
      true,
    );
    await userEvent.type(screen.getByRole('textbox'), 'payments');
    expect(
      await screen.findByText('Changes Payments: running this again edits it'),
    ).toBeInTheDocument();
    await form.next();
    expect(
      await screen.findByRole('button', { name: 'Create' }),
    ).toBeInTheDocument();
  });
});
