/** What a sample needs besides its schema: keys of maps, and values of objects without a schema. */
export const SAMPLE_HINTS: {
  keys: Readonly<Record<string, readonly string[]>>;
  values: Readonly<Record<string, unknown>>;
} = {
  keys: {
    'codersdk.Entitlements.features': ['user_limit', 'high_availability'],
    'healthsdk.DERPHealthReport.regions': ['999'],
    'codersdk.Template.build_time_stats': ['start'],
  },
  values: {
    'codersdk.License.claims': {
      license_expires: 1_800_000_000,
      nbf: 1_700_000_000,
      trial: true,
      account_type: 'salesforce',
      feature_set: 'premium',
      all_features: true,
      deployment_ids: ['27d7c232-2499-445f-a461-f0576fb51b1e'],
      features: { user_limit: 500 },
    },
  },
};
