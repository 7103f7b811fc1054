import type { HelmValues } from '../../artifacts/helm/values';
import { PUBLIC_SERVICE } from '../../artifacts/kubernetes/exposure';
import { webPort } from '../../artifacts/kubernetes/ports';
import { conclude, expect } from '../conclude';
import { declared, envValue, REPOSITORY } from '../declared';
import type { RepositoryEvidence } from '../evidence';
import { LINKS } from '../links';
import type { Check } from '../Look';
import { at, inWords, listAt, objectsOf } from '../manifests';
import type { Rule } from '../rule';

const exposure: Rule = {
  id: 'FLT-NET-002',
  chapter: 'networking',
  title: 'What is exposed is the access URL, with a certificate for it',
  origin: 'fleet',
  severity: 'high',
  rationale:
    'A host or a certificate of another name is found by the first user, not by the one who installs.',
  remediation:
    "Expose the host of the access URL and of the wildcard URL, and let the certificate have both names. Where Coder ends TLS, let the load balancer carry HTTPS alone: the chart's own Service has plain HTTP besides.",
  url: LINKS.networking,
  needs: ['spec.deployment', 'spec.plan', REPOSITORY],
  verdicts: ['pass', 'fail', 'unknown'],
  judge(look) {
    const { spec } = look;
    const { controlPlane, proxies } = look.plan;
    return conclude(
      declared(look, (values, repository) => [
        ...exposureChecks('control plane', {
          values,
          urls: spec,
          namespace: controlPlane.namespace,
          asked: spec.exposure,
          repository,
        }),
        ...proxies.flatMap(({ region, namespace }) => {
          const urls = spec.regions.find(({ name }) => name === region)?.proxy;
          const own = repository.proxies[region];
          return urls && own
            ? exposureChecks(`proxy in ${region}`, {
                values: own,
                urls,
                namespace,
                asked: spec.exposure,
                repository,
              })
            : [];
        }),
      ]),
      'What is exposed is the access URL',
    );
  },
};

function exposureChecks(
  name: string,
  options: {
    values: HelmValues;
    urls: { accessUrl: string; wildcardUrl?: string };
    namespace: string;
    asked?: {
      type: string;
      tls?: { secret: string; issuer?: unknown };
    };
    repository: RepositoryEvidence;
  },
): Check[] {
  const { values, urls, namespace, asked, repository } = options;
  const host = new URL(urls.accessUrl).hostname;
  const { coder } = values;
  const check = (subject: string, seen: unknown, wanted: string): Check =>
    expect(seen === wanted, {
      fact: REPOSITORY,
      subject: `${subject} of the ${name}`,
      seen: inWords(seen),
      wanted,
    });
  const type = asked?.type ?? 'load-balancer';
  const route = { ingress: coder?.ingress, gateway: coder?.httproute }[type];
  const secret = asked?.tls?.secret;
  return [
    ...(type === 'load-balancer'
      ? [
          ...(secret
            ? [tlsOnlyCheck(name, options)]
            : [
                check(
                  'type of the Service',
                  at(coder?.service, 'type') ?? 'LoadBalancer',
                  'LoadBalancer',
                ),
              ]),
        ]
      : [
          check(
            `host of the ${type === 'ingress' ? 'Ingress' : 'HTTPRoute'}`,
            at(route, 'host'),
            host,
          ),
          ...(urls.wildcardUrl
            ? [
                check(
                  'wildcard host',
                  at(route, 'wildcardHost'),
                  urls.wildcardUrl,
                ),
              ]
            : []),
        ]),
    ...(secret && type !== 'gateway'
      ? [
          check(
            'Secret of the certificate',
            type === 'ingress'
              ? at(route, 'tls', 'secretName')
              : listAt(coder?.tls, 'secretNames')[0],
            secret,
          ),
        ]
      : []),
    ...(asked?.tls?.issuer && type !== 'gateway'
      ? [certificateCheck(name, { repository, namespace, host, secret })]
      : []),
  ];
}

/** The chart's own load balancer has plain HTTP as well, and leads nobody away from it unless it is told to. */
function tlsOnlyCheck(
  name: string,
  options: {
    values: HelmValues;
    urls: { accessUrl: string };
    namespace: string;
    repository: RepositoryEvidence;
  },
): Check {
  const { values, urls, namespace, repository } = options;
  const type = at(values.coder?.service, 'type') ?? 'LoadBalancer';
  if (type === 'LoadBalancer') {
    const isLed = envValue(values, 'CODER_REDIRECT_TO_ACCESS_URL') === 'true';
    return expect(isLed, {
      fact: REPOSITORY,
      subject: `plain HTTP at the load balancer of the ${name}`,
      seen: isLed ? 'led to the access URL' : 'served',
      wanted: 'closed, or led to the access URL',
    });
  }
  const subject = `Service ${PUBLIC_SERVICE} of the ${name}`;
  if (repository.manifests.length === 0) {
    return {
      fact: REPOSITORY,
      subject,
      verdict: 'unknown',
      seen: 'no objects of Kubernetes in the repository',
    };
  }
  const wanted = `${webPort(urls.accessUrl)} to https`;
  const seen = portsOf(repository, namespace);
  return expect(seen === wanted, {
    fact: REPOSITORY,
    subject,
    seen,
    wanted,
  });
}

/** Which ports the Service with an address of its own has, and where they lead. */
function portsOf(repository: RepositoryEvidence, namespace: string): string {
  const service = objectsOf(repository, 'Service', namespace).find(
    ({ object }) =>
      at(object, 'metadata', 'name') === PUBLIC_SERVICE &&
      at(object, 'spec', 'type') === 'LoadBalancer',
  );
  return service
    ? listAt(service.object, 'spec', 'ports')
        .map(port => `${at(port, 'port')} to ${at(port, 'targetPort')}`)
        .join(', ')
    : 'none';
}

function certificateCheck(
  name: string,
  options: {
    repository: RepositoryEvidence;
    namespace: string;
    host: string;
    secret?: string;
  },
): Check {
  const { repository, namespace, host, secret } = options;
  const certificate = objectsOf(repository, 'Certificate', namespace).find(
    ({ object }) => at(object, 'spec', 'secretName') === secret,
  );
  const names = listAt(certificate?.object, 'spec', 'dnsNames').map(String);
  return expect(names.includes(host), {
    fact: REPOSITORY,
    subject: `names of the certificate of the ${name}`,
    seen: names.join(', ') || 'none',
    wanted: host,
  });
}

/** @internal */
export const EXPOSURE_RULES: readonly Rule[] = [exposure];
