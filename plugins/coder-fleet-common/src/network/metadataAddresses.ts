/**
 * An address at which a cloud gives out credentials.
 *
 * @public
 */
export type MetadataAddress = {
  ip: string;
  /** Whose it is. */
  of: string;
  /** Whether it gives pods an identity of their own. At the others they take that of their node. */
  neededByPods: boolean;
};

const table: ReadonlyArray<
  [ip: string, of: string, neededByPods?: 'needed by pods']
> = [
  [
    '169.254.169.254',
    'AWS, Azure, Google Cloud, Oracle, OpenStack, DigitalOcean, Hetzner',
  ],
  ['fd00:ec2::254', 'AWS'],
  ['fd20:ce::254', 'Google Cloud'],
  ['169.254.170.2', 'AWS, tasks of ECS'],
  ['169.254.170.23', 'AWS, EKS Pod Identity', 'needed by pods'],
  ['fd00:ec2::23', 'AWS, EKS Pod Identity', 'needed by pods'],
  // Pods need nothing of it but DNS: health probes come from it
  ['168.63.129.16', 'Azure, WireServer'],
  ['100.100.100.200', 'Alibaba Cloud'],
  ['192.0.0.192', 'Oracle Cloud, classic'],
  ['169.254.0.23', 'Tencent Cloud'],
  ['169.254.42.42', 'Scaleway'],
  ['fd00:42::42', 'Scaleway'],
];

/**
 * Addresses at which clouds hand credentials to whoever asks from a machine.
 * Sources: AWS, "Access instance metadata for an EC2 instance", "Amazon ECS task IAM role" and "Learn how EKS Pod
 * Identity grants pods access to AWS services"; Azure, "Azure Instance Metadata Service" and "What is IP address
 * 168.63.129.16?"; Google Cloud, "About VM metadata"; the metadata documentation of the others.
 *
 * @public
 */
export const METADATA_ADDRESSES: readonly MetadataAddress[] = table.map(
  ([ip, of, neededByPods]) => ({
    ip,
    of,
    neededByPods: neededByPods !== undefined,
  }),
);

/**
 * The metadata address of most clouds.
 *
 * @internal
 */
export const COMMON_METADATA_ADDRESS = METADATA_ADDRESSES[0].ip;
