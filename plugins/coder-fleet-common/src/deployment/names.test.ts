import fc from 'fast-check';
import {
  DEPLOYMENT_NAME_MAX_LENGTH,
  DNS_LABEL_PATTERN,
  deriveName,
  derivedNames,
} from './names';

const label = (maxLength: number) =>
  fc
    .stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/)
    .map(text => text.slice(0, maxLength).replace(/-+$/, ''));

describe('deriveName', () => {
  it('keeps what fits', () => {
    expect(deriveName(['coder', 'aurora'])).toBe('coder-aurora');
  });

  it('cuts what does not fit and tells long names apart', () => {
    const a = deriveName(['x'.repeat(60), 'one'], 30);
    const b = deriveName(['x'.repeat(60), 'two'], 30);
    expect(a).toHaveLength(30);
    expect(a).toMatch(/^x{23}-[0-9a-f]{6}$/);
    expect(a).not.toBe(b);
  });

  it('always gives a DNS label of at most the asked length', () => {
    fc.assert(
      fc.property(
        fc.array(label(40), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 12, max: 63 }),
        (parts, maxLength) => {
          const name = deriveName(parts, maxLength);
          expect(name.length).toBeLessThanOrEqual(maxLength);
          expect(name).toMatch(DNS_LABEL_PATTERN);
        },
      ),
    );
  });
});

describe('derivedNames', () => {
  it('keeps releases within what Helm allows', () => {
    const names = derivedNames('d'.repeat(DEPLOYMENT_NAME_MAX_LENGTH));
    expect(names.provisionersRelease('r'.repeat(40))).toHaveLength(53);
    expect(names.controlPlaneRelease).toHaveLength(30);
  });

  it('keeps releases of one chart in namespaces of their own', () => {
    const names = derivedNames('aurora');
    const namespaces = [
      names.namespace,
      names.proxyNamespace('us'),
      names.proxyNamespace('ap'),
      names.provisionersNamespace('us'),
      names.provisionersNamespace('ap'),
    ];
    expect(new Set(namespaces).size).toBe(namespaces.length);
  });
});
