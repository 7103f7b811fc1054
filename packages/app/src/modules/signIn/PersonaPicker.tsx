import { useId } from 'react';
import Button from '@material-ui/core/Button';
import Card from '@material-ui/core/Card';
import CardActions from '@material-ui/core/CardActions';
import CardContent from '@material-ui/core/CardContent';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Persona } from './personas';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
      gap: theme.spacing(3),
      maxWidth: 1080,
      margin: theme.spacing(3, 0, 0),
      padding: 0,
      listStyle: 'none',
    },
    card: { height: '100%', display: 'flex', flexDirection: 'column' },
    content: { flexGrow: 1 },
    actions: { padding: theme.spacing(0, 2, 2) },
  }),
  { name: 'PortalPersonaPicker' },
);

/**
 * A card for each persona that a visitor may choose to be.
 *
 * @internal
 */
export const PersonaPicker = (props: {
  personas: readonly Persona[];
  onChoose: (name: string) => void;
}) => {
  const classes = useStyles();
  return (
    <>
      <Typography variant="body1">
        This is a demo: choose who you want to be. Nobody asks for a password.
      </Typography>
      <ul className={classes.list}>
        {props.personas.map(persona => (
          <li key={persona.name}>
            <PersonaCard persona={persona} onChoose={props.onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
};

function PersonaCard(props: {
  persona: Persona;
  onChoose: (name: string) => void;
}) {
  const { name, title, description } = props.persona;
  const classes = useStyles();
  const id = useId();
  return (
    <Card className={classes.card} variant="outlined">
      <CardContent className={classes.content}>
        <Typography id={`${id}-title`} variant="h5" component="h2" gutterBottom>
          {title}
        </Typography>
        <Typography id={`${id}-text`} variant="body2">
          {description}
        </Typography>
      </CardContent>
      <CardActions className={classes.actions}>
        <Button
          variant="contained"
          color="primary"
          aria-label={`Enter as ${title}`}
          aria-describedby={`${id}-text`}
          onClick={() => props.onChoose(name)}
        >
          Enter
        </Button>
      </CardActions>
    </Card>
  );
}
