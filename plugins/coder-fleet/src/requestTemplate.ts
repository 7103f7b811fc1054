/**
 * The template that requests a deployment, and changes one.
 *
 * @internal
 */
export const REQUEST_TEMPLATE = {
  namespace: 'default',
  templateName: 'coder-deployment',
};
