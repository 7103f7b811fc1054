import { NotFoundError } from '@backstage/errors';
import {
  type PermissionApi,
  permissionApiRef,
} from '@backstage/plugin-permission-react';
import type { CoderFleetApi } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { coderFleetApiRef } from '../../api';
import { aCoderFleetApi } from '../../__testUtils__/aCoderFleetApi';
import type { CoderFleetFieldUiOptions } from './schema';
import { validateCoderFleetField } from './validation';

async function problemsOf(
  value: unknown,
  uiSchema: Record<string, unknown>,
  api: CoderFleetApi = aCoderFleetApi(),
  permissions?: PermissionApi,
): Promise<string[]> {
  const problems: string[] = [];
  await validateCoderFleetField(
    value as string,
    { addError: problem => problems.push(problem ?? '') },
    {
      apiHolder: {
        get: ref =>
          new Map<string, unknown>([
            [coderFleetApiRef.id, api],
            [permissionApiRef.id, permissions],
          ]).get(ref.id) as never,
      },
      formData: {},
      schema: {},
      uiSchema,
    },
  );
  return problems;
}

const of = (
  deploymentField: CoderFleetFieldUiOptions['deploymentField'],
  more: Partial<CoderFleetFieldUiOptions> = {},
) => ({ 'ui:options': { deploymentField, ...more } });

describe('validateCoderFleetField', () => {
  it.each([
    ['name', 'Not A Label', /must be a DNS label/],
    ['name', 'a'.repeat(31), /at most 30 characters/],
    ['expectedUsers', 0, /At least 1 user/],
    ['expectedUsers', 10_001, /No validated architecture covers/],
    ['expectedUsers', '12abc', /must be a number/],
    ['activeShare', 1.2, /at most 1/],
    ['accessUrl', 'http://coder.example.com', /must begin with https/],
    ['accessUrl', 'https://coder.example.com/path', /must have no path/],
    ['wildcardUrl', 'coder.example.com', /must have the form/],
    ['version', '2.31.0', /never released/],
    ['version', 'latest', /MAJOR.MINOR.PATCH/],
    ['cron', '0 0 31 2 *', /never fires/],
  ] as const)('says of the %s %j what is wrong', async (field, value, text) => {
    expect(await problemsOf(value, of(field))).toEqual([
      expect.stringMatching(text),
    ]);
  });

  it.each([
    ['name', 'payments'],
    ['expectedUsers', 600],
    ['activeShare', 0.6],
    ['wildcardUrl', ''],
    ['wildcardUrl', undefined],
    ['displayName', '{{ x }} $(rm -rf) "quoted"'],
  ] as const)('accepts the %s %j', async (field, value) => {
    expect(await problemsOf(value, of(field))).toEqual([]);
  });

  it('refuses a name that is taken', async () => {
    const api = aCoderFleetApi({
      checkName: async name => ({ name, available: false }),
    });
    const uiSchema = of('name', { checkTaken: true });
    expect(await problemsOf('payments', uiSchema, api)).toEqual([
      'The name "payments" is taken',
    ]);
    expect(await problemsOf('payments', of('name'), api)).toEqual([]);
  });

  describe('and a name that is taken', () => {
    const uiSchema = of('name', { checkTaken: true });
    const taken = async (name: string) => ({ name, available: false });
    const deciding = (result: 'ALLOW' | 'DENY') => ({
      authorize: jest.fn(async () => ({ result })) as never,
    });

    it('takes it from who may change what has it', async () => {
      const api = aCoderFleetApi({ checkName: taken });
      const permissions = deciding('ALLOW');
      expect(await problemsOf('payments', uiSchema, api, permissions)).toEqual(
        [],
      );
      expect(permissions.authorize).toHaveBeenCalledWith(
        expect.objectContaining({ resourceRef: 'payments' }),
      );
    });

    it('takes it from who may change it and may not register', async () => {
      const api = aCoderFleetApi({
        checkName: async () => {
          throw new Error('You may not register Coder deployments');
        },
      });
      expect(
        await problemsOf('payments', uiSchema, api, deciding('ALLOW')),
      ).toEqual([]);
      expect(
        await problemsOf('payments', uiSchema, api, deciding('DENY')),
      ).toEqual([expect.stringContaining('You may not register')]);
    });

    it('tells others nothing more, and does not look', async () => {
      const api = aCoderFleetApi({ checkName: taken });
      expect(
        await problemsOf('payments', uiSchema, api, deciding('DENY')),
      ).toEqual(['The name "payments" is taken']);
      expect(api.getDeployment).not.toHaveBeenCalled();
    });

    it('stays with that when what has it cannot be read', async () => {
      const api = aCoderFleetApi({
        checkName: taken,
        getDeployment: async () => {
          throw new NotFoundError('none');
        },
      });
      expect(
        await problemsOf('payments', uiSchema, api, deciding('ALLOW')),
      ).toEqual(['The name "payments" is taken']);
    });
  });

  it('does not take a name for free that could not be checked', async () => {
    const api = aCoderFleetApi({
      checkName: async () => {
        throw new Error('no answer');
      },
    });
    expect(
      await problemsOf('payments', of('name', { checkTaken: true }), api),
    ).toEqual([expect.stringContaining('no answer')]);
  });

  it('does not ask about a name that cannot be one', async () => {
    const api = aCoderFleetApi();
    await problemsOf('NO', of('name', { checkTaken: true }), api);
    expect(api.checkName).not.toHaveBeenCalled();
  });

  it('checks each entry of a list', async () => {
    expect(
      await problemsOf(
        [
          { name: 'eu', cluster: 'eu-1', note: 'Any Text' },
          { name: 'EU', cluster: 'eu 2' },
        ],
        { name: of('region'), cluster: of('cluster'), note: {} },
      ),
    ).toEqual([
      expect.stringMatching(/^2: A region must be a DNS label/),
      expect.stringMatching(/^2: A cluster must be a DNS label/),
    ]);
    expect(await problemsOf(['eu', 'EU'], of('region'))).toEqual([
      expect.stringMatching(/^2: A region/),
    ]);
  });

  it('tells the author of a template that names no field', async () => {
    expect(await problemsOf('x', { 'ui:options': { field: 'name' } })).toEqual([
      expect.stringContaining('deploymentField is one of name'),
    ]);
  });
});
