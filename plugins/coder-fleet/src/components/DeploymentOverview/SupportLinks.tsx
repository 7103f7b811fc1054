import type { DeploymentSpec } from '@coder-fleet/backstage-plugin-coder-fleet-common';
import { makeStyles } from '@material-ui/core/styles';
import { SafeLink } from '../SafeLink';

const useStyles = makeStyles(
  { root: { margin: 0, padding: 0, listStyle: 'none' } },
  { name: 'CoderFleetSupportLinks' },
);

/**
 * The links that Coder shows to its users. A target that may not be followed is shown as text.
 *
 * @internal
 */
export const SupportLinks = (props: {
  links: DeploymentSpec['supportLinks'];
}) => {
  const classes = useStyles();
  return (
    <ul className={classes.root}>
      {props.links.map(({ name, target }, index) => (
        <li key={index}>
          <SafeLink to={target} protocols={['https:', 'http:', 'mailto:']}>
            {name}
          </SafeLink>
        </li>
      ))}
    </ul>
  );
};
