import type { FieldDeviation, KnownDeviations } from './Deviations';

const THREE_VALUED =
  "Tailscale's opt.Bool is true, false or null for not checked, but documented as a text";
const POINTER = 'a Go pointer without omitempty: null when there is none';

const mayBeNull = (reason: string, places: readonly string[]) =>
  places.map((at): FieldDeviation => ({ at, allows: 'null', reason }));

/**
 * Where Coder's wire and its document differ, with the reason. An entry that explains nothing fails the
 * check: the list says what is true, not what once was.
 */
export const KNOWN_DEVIATIONS: KnownDeviations = {
  fields: [
    ...mayBeNull(THREE_VALUED, [
      'netcheck.Report.HairPinning',
      'netcheck.Report.CaptivePortal',
    ]),
    ...['MappingVariesByDestIP', 'UPnP', 'PMP', 'PCP'].map(
      (property): FieldDeviation => ({
        at: `netcheck.Report.${property}`,
        allows: 'a boolean',
        reason: THREE_VALUED,
      }),
    ),
    ...mayBeNull(POINTER, [
      'healthsdk.STUNReport.Error',
      'codersdk.ProvisionerDaemon.key_name',
      'codersdk.ProvisionerDaemon.status',
      'codersdk.ProvisionerDaemon.current_job',
      'codersdk.ProvisionerDaemon.previous_job',
      'codersdk.TransitionStats.P50',
      'codersdk.TransitionStats.P95',
      'codersdk.Workspace.latest_app_status',
      'codersdk.Workspace.deleting_at',
      'codersdk.Workspace.dormant_at',
      'codersdk.Workspace.next_start_at',
    ]),
    {
      at: 'codersdk.DeploymentValues.access_url',
      allows: 'a text',
      reason:
        'a URL is written as its text; the document shows the fields of the Go struct',
    },
    {
      at: 'codersdk.LinkConfig.icon',
      allows: 'other values',
      reason:
        'an icon may be any address or path; the document lists the special names only',
    },
    {
      at: 'codersdk.User.status',
      allows: 'other values',
      reason:
        'users that never signed in are dormant, as codersdk.UserStatus says',
    },
  ],
  operations: [
    {
      operation: 'GET /healthz',
      is: 'undocumented',
      reason: 'a probe at the root, outside of the API',
    },
    ...[
      'POST /api/v2/users/logout',
      'DELETE /api/v2/organizations/{organization}/provisionerkeys/{provisionerkey}',
      'POST /api/v2/organizations',
      'GET /api/v2/provisionerkeys/{provisionerkey}',
      'GET /api/v2/workspaceproxies/me/crypto-keys',
    ].map(operation => ({
      operation,
      is: 'undocumented' as const,
      reason: 'in the SDK of Coder, and not in the part of the document here',
    })),
    {
      operation: 'GET /api/v2/workspaceproxies',
      is: 'answered with',
      schema: 'codersdk.RegionsResponse-codersdk_WorkspaceProxy',
      reason: 'one object; the document says a list of such objects',
    },
    {
      operation: 'GET /api/v2/licenses',
      is: 'answered with null',
      reason:
        'a Go slice that was never filled: no licence, or none that the caller may see',
    },
    {
      operation: 'GET /api/v2/organizations/{organization}/provisionerdaemons',
      is: 'called with',
      parameter: 'offline',
      reason: 'read by the handler, and missing in its annotations',
    },
  ],
  essentials: [
    {
      at: 'codersdk.BuildInfoResponse.version',
      reason: 'without a version nothing tells that Coder answered',
    },
    {
      at: 'codersdk.Entitlements.has_license',
      reason: 'no word about a licence must not be read as none',
    },
    {
      at: 'codersdk.GetUsersResponse.count',
      reason: 'the count is the answer; no number must be made up',
    },
    {
      at: 'codersdk.WorkspacesResponse.count',
      reason: 'the count is the answer; no number must be made up',
    },
  ],
  unsent: [
    ...[
      'codersdk.AppearanceConfig.announcement_banners[]',
      'codersdk.BannerConfig.message',
      'codersdk.BannerConfig.background_color',
    ].map(at => ({
      at,
      reason: 'banners are set over the API, which the simulator only reads',
    })),
    {
      at: 'codersdk.ProvisionerJob.error',
      reason: 'the active version of a template was imported without one',
    },
  ],
};
