import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { Stepper } from '@backstage/plugin-scaffolder-react/alpha';
import type { RequestChoice } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { coderFleetApiRef } from '../../api';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import { coderFleetChoiceOptions } from './coderFleetChoiceOptions';

const PLACES = [
  { region: 'eu-west', cluster: 'shared-eu-west', title: 'Dublin' },
  { region: 'eu-west', cluster: 'retail-eu-west' },
  { region: 'us-east', cluster: 'shared-us-east' },
];

const aChoice = (choose: RequestChoice, title: string, more: object = {}) => ({
  title,
  type: 'string',
  'ui:field': 'CoderFleetChoice',
  'ui:options': { choose },
  ...more,
});

const PROPERTIES = {
  businessUnit: aChoice('businessUnit', 'Business unit', {
    description: 'Who it is for',
  }),
  region: aChoice('region', 'Region'),
  cluster: aChoice('cluster', 'Cluster'),
};

const aDomain = (name: string, title?: string) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Domain',
  metadata: { name, title },
  spec: { owner: 'group:default/platform' },
});

/** Renders the scaffolder's own form, as a template with these fields gives it. */
async function renderForm(
  options: {
    properties?: Record<string, object>;
    coderFleet?: object;
    catalog?: ReturnType<typeof catalogApiMock>;
    initialState?: Record<string, string>;
  } = {},
) {
  const { properties = PROPERTIES, coderFleet = {}, initialState } = options;
  const onCreate = jest.fn(async () => {});
  renderInTestApp(
    <Stepper
      manifest={{
        title: 'Template',
        steps: [
          {
            title: 'Step',
            schema: { type: 'object', properties } as never,
          },
        ],
      }}
      extensions={[
        {
          ...coderFleetChoiceOptions,
          schema: coderFleetChoiceOptions.schema.schema,
        } as never,
      ]}
      initialState={initialState}
      onCreate={onCreate}
    />,
    {
      apis: [
        options.catalog ?? catalogApiMock(),
        [coderFleetApiRef, aCoderFleetApi()],
        mockApis.permission(),
      ],
      config: { coderFleet } as never,
    },
  );
  await screen.findByRole('button', { name: 'Review' });
  return {
    onCreate,
    review: () =>
      userEvent.click(screen.getByRole('button', { name: 'Review' })),
    created: async (answers: object) => {
      await userEvent.click(screen.getByRole('button', { name: 'Review' }));
      await userEvent.click(
        await screen.findByRole('button', { name: 'Create' }),
      );
      await waitFor(() => expect(onCreate).toHaveBeenCalledWith(answers));
    },
  };
}

const field = (name: RegExp) => screen.findByRole('button', { name });

/** Opens a field with the keyboard; gives what it offers. */
async function open(name: RegExp): Promise<string[]> {
  const chosen = await field(name);
  act(() => chosen.focus());
  await userEvent.keyboard('{ArrowDown}');
  return (await screen.findAllByRole('option')).map(
    ({ textContent }) => textContent ?? '',
  );
}

async function close() {
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
}

async function pick(name: RegExp, option: string) {
  await open(name);
  await userEvent.click(screen.getByRole('option', { name: option }));
  await waitFor(() => expect(screen.queryByRole('listbox')).toBeNull());
}

const UNITS = catalogApiMock({
  entities: [
    aDomain('retail', 'Retail'),
    aDomain('payments'),
    aDomain('Not.A_Unit'),
  ],
});

describe('CoderFleetChoice', () => {
  it('offers the units of the catalog by their names, and can be used with the keyboard alone', async () => {
    const form = await renderForm({ catalog: UNITS });
    expect(await open(/^Business unit/)).toEqual(['payments', 'Retail']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    const chosen = await field(/^Business unit Retail$/);
    expect(chosen).toHaveAccessibleDescription('Who it is for');
    await form.created({ businessUnit: 'retail' });
  });

  it('offers the clusters of the chosen region, and gives the only one at once', async () => {
    const form = await renderForm({ coderFleet: { places: PLACES } });
    await pick(/^Region/, 'eu-west');
    expect(await open(/^Cluster/)).toEqual(['Dublin', 'retail-eu-west']);
    await close();
    await pick(/^Region/, 'us-east');
    expect(await field(/^Cluster shared-us-east$/)).toBeInTheDocument();
    await form.created({ region: 'us-east', cluster: 'shared-us-east' });
  });

  it('gives several answers with one choice at once', async () => {
    const form = await renderForm({
      coderFleet: {
        places: PLACES.slice(2),
        requests: [{ businessUnit: 'retail' }],
      },
    });
    expect(await field(/^Cluster shared-us-east$/)).toBeInTheDocument();
    await form.created({
      businessUnit: 'retail',
      region: 'us-east',
      cluster: 'shared-us-east',
    });
  });

  it('offers nothing that the unit may not ask for', async () => {
    await renderForm({
      properties: {
        ...PROPERTIES,
        databaseType: aChoice('database', 'Database', {
          enum: ['external', 'rds', 'azure'],
          enumNames: ['Of the team', 'Amazon RDS', 'Azure'],
        }),
      },
      coderFleet: {
        places: PLACES,
        requests: [
          {
            businessUnit: 'retail',
            clusters: ['shared-eu-west', 'retail-eu-west'],
            databases: ['external', 'rds', 'cloud-sql'],
          },
          { businessUnit: 'payments', regions: ['ap-south'] },
        ],
      },
    });
    await pick(/^Business unit/, 'retail');
    await field(/^Region eu-west$/);
    expect(await open(/^Database/)).toEqual(['Of the team', 'Amazon RDS']);
    await close();
    await pick(/^Business unit/, 'payments');
    expect(
      await screen.findByText(
        'The region eu-west is not offered: another one cannot be chosen either; ask whoever runs the portal',
      ),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: /^Region/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    );
  });

  it('does not go on with an answer of a link that is not offered', async () => {
    const form = await renderForm({
      coderFleet: { places: PLACES },
      initialState: { region: 'ap-south', cluster: 'shared-eu-west' },
    });
    const problem =
      'The region ap-south is not offered: choose eu-west, us-east';
    expect(await screen.findByText(problem)).toBeInTheDocument();
    await form.review();
    await screen.findByText(`'Region' ${problem}`);
    expect(screen.getAllByText(problem)).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Create' })).toBeNull();
  });

  it('takes the region of the same row in a list', async () => {
    const form = await renderForm({
      properties: {
        ...PROPERTIES,
        furtherRegions: {
          title: 'Further regions',
          type: 'array',
          items: {
            type: 'object',
            properties: {
              name: aChoice('region', 'Other region'),
              cluster: aChoice('cluster', 'Other cluster'),
            },
          },
        },
      },
      coderFleet: { places: PLACES },
      initialState: { region: 'eu-west', cluster: 'retail-eu-west' },
    });
    await userEvent.click(screen.getByRole('button', { name: /add/i }));
    await pick(/^Other region/, 'us-east');
    expect(await field(/^Other cluster shared-us-east$/)).toBeInTheDocument();
    await form.created({
      region: 'eu-west',
      cluster: 'retail-eu-west',
      furtherRegions: [{ name: 'us-east', cluster: 'shared-us-east' }],
    });
  });

  it('is a text field where nothing is known, with the rules of a deployment', async () => {
    const form = await renderForm();
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Region' }),
      'EU West',
    );
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Business unit' }),
      'retail',
    );
    await form.review();
    expect(
      await screen.findByText(/'Region' A region must be a DNS label/),
    ).toBeInTheDocument();
    await userEvent.clear(screen.getByRole('textbox', { name: 'Region' }));
    await userEvent.type(
      screen.getByRole('textbox', { name: 'Region' }),
      'eu-west',
    );
    await form.created({ businessUnit: 'retail', region: 'eu-west' });
  });

  it('says that it looks the choices up, and is a text field when that fails', async () => {
    const catalog = catalogApiMock.mock();
    let fail: (error: Error) => void = () => {};
    catalog.getEntities.mockReturnValue(
      new Promise((_, reject) => {
        fail = reject;
      }),
    );
    await renderForm({ catalog: catalog as never });
    expect(
      await screen.findByText('Looking up the choices…'),
    ).toBeInTheDocument();
    fail(new Error('The catalog does not answer'));
    expect(
      await screen.findByRole('textbox', { name: 'Business unit' }),
    ).toBeInTheDocument();
    expect(
      screen.getByText(
        'Not everything that can be chosen could be looked up. The catalog does not answer',
      ),
    ).toBeInTheDocument();
  });

  it('asks where files are kept only where there is a choice', async () => {
    const properties = {
      publishTo: aChoice('host', 'Files are kept in', {
        enum: ['directory', 'github', 'gitlab'],
        enumNames: ['The portal', 'GitHub', 'GitLab'],
        default: 'directory',
      }),
    };
    const alone = await renderForm({
      properties,
      coderFleet: { publish: { hosts: ['gitlab'] } },
    });
    expect(screen.queryByText('Files are kept in')).toBeNull();
    await alone.created({ publishTo: 'gitlab' });
    cleanup();
    await renderForm({
      properties,
      coderFleet: { publish: { hosts: ['gitlab', 'directory'] } },
    });
    expect(await open(/^Files are kept in The portal$/)).toEqual([
      'GitLab',
      'The portal',
    ]);
  });

  it('says what is wrong with the configuration, and goes on without it', async () => {
    await renderForm({
      properties: {
        ...PROPERTIES,
        databaseType: aChoice('database', 'Database'),
      },
      coderFleet: { places: [{ region: 'eu-west' }] },
    });
    expect(
      await screen.findByRole('textbox', { name: 'Region' }),
    ).toBeInTheDocument();
    expect(await open(/^Database/)).toContain('external');
    await close();
    expect(
      screen.getAllByText(/coderFleet\.places\.0\.cluster: A cluster is/),
    ).not.toEqual([]);
  });
});
