const DOCS = 'https://coder.com/docs';
const CVA = `${DOCS}/admin/infrastructure/validated-architectures`;

/**
 * Pages of Coder's documentation that rules refer to, by the name of the page or section.
 *
 * @internal
 */
export const LINKS = {
  cva: CVA,
  cvaCluster: `${CVA}#general-recommendations`,
  cvaCompute: `${CVA}#compute`,
  cvaControlPlaneNodes: `${CVA}#control-plane-nodes`,
  cvaWorkspaceNodes: `${CVA}#workspace-nodes`,
  cvaNodeSizing: `${CVA}#node-sizing`,
  cvaNetworking: `${CVA}#networking`,
  cvaStorage: `${CVA}#storage`,
  cvaDatabase: `${CVA}#postgresql-database`,
  cvaRecovery: `${CVA}#disaster-recovery`,
  cvaPerformance: `${CVA}#performance-efficiency`,
  cvaUtilisation: `${CVA}#resource-utilization-guidelines`,
  cvaHelm: `${CVA}#helm-chart-configuration`,
  cvaTemplates: `${CVA}#template-configuration`,
  cvaObservability: `${CVA}#observability`,
  cvaSupport: `${CVA}#user-support`,
  appearance: `${DOCS}/admin/setup/appearance`,
  databaseEncryption: `${DOCS}/admin/security/database-encryption`,
  externalDatabase: `${DOCS}/tutorials/external-database`,
  githubAuth: `${DOCS}/admin/users/github-auth`,
  healthCheck: `${DOCS}/admin/monitoring/health-check`,
  highAvailability: `${DOCS}/admin/networking/high-availability`,
  kubernetes: `${DOCS}/install/kubernetes`,
  licensing: `${DOCS}/admin/licensing`,
  networking: `${DOCS}/admin/networking`,
  provisioners: `${DOCS}/admin/provisioners`,
  releases: `${DOCS}/install/releases`,
  scaleCoder: `${DOCS}/tutorials/best-practices/scale-coder`,
  scaleUtility: `${DOCS}/admin/infrastructure/scale-utility`,
  securityOutbound: `${DOCS}/tutorials/best-practices/security-best-practices#outbound-network-access`,
  serverOptions: `${DOCS}/reference/cli/server`,
  setup: `${DOCS}/admin/setup`,
  supportBundle: `${DOCS}/support/support-bundle`,
  telemetry: `${DOCS}/admin/setup/telemetry`,
  templateChanges: `${DOCS}/admin/templates/managing-templates/change-management`,
  templates: `${DOCS}/admin/templates`,
  upgrade: `${DOCS}/install/upgrade`,
  workspaceProxies: `${DOCS}/admin/networking/workspace-proxies`,
} as const;
