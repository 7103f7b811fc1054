import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Ajv from 'ajv';
import { deploymentInput } from '../__testUtils__/deployments';
import { deploymentJsonSchema } from './jsonSchema';

const PUBLISHED = join(
  dirname(require.resolve('../../package.json')),
  'schemas/coder-deployment.v1alpha1.json',
);

describe('deploymentJsonSchema', () => {
  it('is the one that is published with the package', () => {
    const published = JSON.parse(readFileSync(PUBLISHED, 'utf8'));
    expect(published).toEqual(
      JSON.parse(JSON.stringify(deploymentJsonSchema())),
    );
  });

  it('accepts a request and refuses what is plainly wrong', () => {
    const validate = new Ajv({ strict: false }).compile(deploymentJsonSchema());
    expect(validate(deploymentInput())).toBe(true);
    expect(validate(deploymentInput({ users: { expected: 0 } }))).toBe(false);
    expect(validate(deploymentInput({}, 'Not_a_label'))).toBe(false);
    expect(validate(deploymentInput({ edition: 'gold' }))).toBe(false);
  });

  it('documents every field', () => {
    const undocumented: string[] = [];
    const visit = (node: unknown, path: string) => {
      const { properties, items } = (node ?? {}) as {
        properties?: Record<string, { description?: string }>;
        items?: unknown;
      };
      for (const [key, child] of Object.entries(properties ?? {})) {
        if (!child.description) {
          undocumented.push(`${path}.${key}`);
        }
        visit(child, `${path}.${key}`);
      }
      if (items) {
        visit(items, `${path}[]`);
      }
    };
    const schema = deploymentJsonSchema() as {
      definitions: { CoderDeployment: { properties: { spec: unknown } } };
    };
    visit(schema.definitions.CoderDeployment.properties.spec, 'spec');
    expect(undocumented).toEqual([]);
  });
});
