import { LinkButton } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { makeStyles } from '@material-ui/core/styles';
import { REQUEST_TEMPLATE } from '../../requestTemplate';
import { templateRouteRef } from '../../routes';

const useStyles = makeStyles(
  { root: { flex: 'none' } },
  { name: 'CoderFleetRequestButton' },
);

/**
 * Leads to the template; nothing in a portal without a scaffolder.
 *
 * @internal
 */
export const RequestButton = (props: {
  label: string;
  variant: 'contained' | 'outlined';
}) => {
  const { label, variant } = props;
  const classes = useStyles();
  const template = useRouteRef(templateRouteRef);
  return template ? (
    <LinkButton
      to={template(REQUEST_TEMPLATE)}
      variant={variant}
      color="primary"
      className={classes.root}
    >
      {label}
    </LinkButton>
  ) : null;
};
