import { z } from 'zod/v3';
import { deploymentFields as fields, HOST_LABEL } from './fields';

const issuerSchema = z
  .object({
    name: fields.dnsLabel.describe('Name of the issuer'),
    kind: z
      .enum(['ClusterIssuer', 'Issuer'])
      .default('ClusterIssuer')
      .describe('Whether it is of the cluster or of the namespace'),
  })
  .passthrough();

const tlsSchema = z
  .object({
    secret: fields.dnsLabel
      .default('coder-tls')
      .describe('The Secret that holds certificate and key'),
    issuer: issuerSchema
      .optional()
      .describe(
        'The issuer of cert-manager that makes it; without it, the Secret is there',
      ),
  })
  .passthrough();

/** Source: Kubernetes, annotations: a name of at most 63 characters, and a DNS subdomain before it. */
const annotationKeySchema = z
  .string()
  .regex(
    new RegExp(
      `^(?:(?=.{1,253}/)${HOST_LABEL}(?:\\.${HOST_LABEL})*/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$`,
    ),
    'The key of an annotation is a name, with a DNS name and "/" before it, such as service.beta.kubernetes.io/aws-load-balancer-type',
  );

const annotationValueSchema = z
  .string({ invalid_type_error: 'The value of an annotation is a text' })
  .max(4096, 'The value of an annotation has at most 4096 characters')
  .regex(
    // eslint-disable-next-line no-control-regex
    /^[^\u0000-\u001f\u007f\u2028\u2029]*$/,
    'The value of an annotation must be one line without control characters',
  );

/**
 * How users reach the control plane and proxies.
 *
 * @internal
 */
export const exposureSchema = z
  .object({
    type: z
      .enum(['load-balancer', 'ingress', 'gateway'], {
        errorMap: () => ({
          message: 'It is exposed by load-balancer, ingress or gateway',
        }),
      })
      .describe(
        'A Service with an address of its own, an Ingress or an HTTPRoute',
      ),
    className: fields.dnsLabel
      .optional()
      .describe('Class of the Ingress; without it, the default one'),
    gateway: z
      .object({
        name: fields.dnsLabel.describe('Name of the Gateway'),
        namespace: fields.dnsLabel.describe('Namespace of the Gateway'),
      })
      .passthrough()
      .optional()
      .describe('The Gateway that the HTTPRoute belongs to'),
    tls: tlsSchema
      .optional()
      .describe('The certificate; a Gateway brings its own'),
    annotations: z
      .record(annotationKeySchema, annotationValueSchema)
      .optional()
      .describe(
        'What the cloud or the controller reads on the Service with the address, the Ingress or the HTTPRoute',
      ),
  })
  .passthrough();

/**
 * What applies the files to the clusters.
 *
 * @internal
 */
export const deliverySchema = z
  .object({
    type: z
      .enum(['helm', 'argo-cd', 'flux'], {
        errorMap: () => ({
          message: 'It is delivered by helm, argo-cd or flux',
        }),
      })
      .describe('By hand, by Argo CD or by Flux'),
    repositoryUrl: fields.repositoryUrl
      .optional()
      .describe(
        'The Git repository of these files, as the GitOps tool reads it',
      ),
    revision: z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._/-]{0,99}$/,
        'A revision is the name of a branch or tag',
      )
      .default('main')
      .describe('Branch or tag that is applied'),
  })
  .passthrough();

/**
 * What scrapes and alerts.
 *
 * @internal
 */
export const observabilitySchema = z
  .object({
    type: z
      .enum(['annotations', 'prometheus-operator', 'coder-observability'], {
        errorMap: () => ({
          message:
            'It is observed by annotations, prometheus-operator or coder-observability',
        }),
      })
      .describe(
        "Annotations of pods, objects of the Prometheus operator, or Coder's bundle",
      ),
    logstream: z
      .boolean({ invalid_type_error: 'logstream is either true or false' })
      .optional()
      .describe(
        'Whether events of workspace pods go into their startup logs (coder-logstream-kube)',
      ),
  })
  .passthrough();

/**
 * Where images and charts come from, when not from the public places.
 *
 * @internal
 */
export const airGapSchema = z
  .object({
    registry: fields.host.describe('Registry that mirrors the images'),
    chartRepository: fields.repositoryUrl
      .optional()
      .describe("Repository that mirrors Coder's charts"),
    pullSecret: fields.dnsLabel
      .optional()
      .describe('Secret with the credentials of the registry'),
  })
  .passthrough();

/**
 * What the parts of a spec ask of each other.
 *
 * @internal
 */
export function platformProblems(spec: {
  wildcardUrl?: string;
  exposure?: z.output<typeof exposureSchema>;
  delivery?: z.output<typeof deliverySchema>;
  observability?: z.output<typeof observabilitySchema>;
  airGap?: z.output<typeof airGapSchema>;
}): Array<{ path: string[]; message: string }> {
  const { exposure, delivery, wildcardUrl } = spec;
  const problems: Array<{ path: string[]; message: string }> = [];
  if (exposure?.type === 'gateway' && !exposure.gateway) {
    problems.push({
      path: ['exposure', 'gateway'],
      message: 'Name the Gateway that the route belongs to',
    });
  }
  if (exposure?.type === 'gateway' && wildcardUrl?.startsWith('*-')) {
    // A hostname of an HTTPRoute has whole labels only (Gateway API)
    problems.push({
      path: ['wildcardUrl'],
      message: 'With a Gateway the wildcard URL must have the form *.domain',
    });
  }
  if (delivery && delivery.type !== 'helm' && !delivery.repositoryUrl) {
    problems.push({
      path: ['delivery', 'repositoryUrl'],
      message: 'Say where the Git repository is: the GitOps tool reads it',
    });
  }
  if (spec.airGap && spec.observability?.type === 'coder-observability') {
    problems.push({
      path: ['observability', 'type'],
      message:
        'The observability bundle takes its images from public registries, which are not reached: choose prometheus-operator',
    });
  }
  return problems;
}
