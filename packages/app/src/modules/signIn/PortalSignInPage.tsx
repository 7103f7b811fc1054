import { useCallback, useState } from 'react';
import {
  Content,
  Header,
  Page,
  ProxiedSignInPage,
} from '@backstage/core-components';
import {
  configApiRef,
  useApi,
  type IdentityApi,
  type SignInPageProps,
} from '@backstage/core-plugin-api';
import Typography from '@material-ui/core/Typography';
import { chosenPersona } from './chosenPersona';
import { PersonaPicker } from './PersonaPicker';
import { readPersonas } from './personas';

/**
 * Signs people in by what the proxy in front of the portal says of them, or, in a demo, as whom they
 * choose to be.
 *
 * @internal
 */
export const PortalSignInPage = (props: SignInPageProps) => {
  const config = useApi(configApiRef);
  const provider = config.getOptionalString('portal.signInProvider');
  const personas = readPersonas(config);
  if (provider) {
    return <ProxiedSignInPage {...props} provider={provider} />;
  }
  return personas.length > 0 ? (
    <PersonaSignIn {...props} personas={personas} />
  ) : (
    <Frame>
      <Typography variant="body1">
        Nobody can sign in here yet: set portal.signInProvider in the
        configuration of the portal.
      </Typography>
    </Frame>
  );
};

function PersonaSignIn(
  props: SignInPageProps & { personas: ReturnType<typeof readPersonas> },
) {
  const { personas, onSignInSuccess } = props;
  const [chosen, setChosen] = useState(() => {
    const before = chosenPersona.get();
    return personas.some(({ name }) => name === before) ? before : undefined;
  });
  const choose = (name: string) => {
    chosenPersona.set(name);
    setChosen(name);
  };
  const succeed = useCallback(
    (identity: IdentityApi) => onSignInSuccess(forgetful(identity)),
    [onSignInSuccess],
  );
  return chosen ? (
    <ProxiedSignInPage
      provider="personas"
      headers={{ 'x-portal-persona': chosen }}
      onSignInSuccess={succeed}
    />
  ) : (
    <Frame>
      <PersonaPicker personas={personas} onChoose={choose} />
    </Frame>
  );
}

/** Signing out lets somebody else be chosen. */
function forgetful(identity: IdentityApi): IdentityApi {
  return {
    getProfileInfo: () => identity.getProfileInfo(),
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    async signOut() {
      chosenPersona.set(undefined);
      await identity.signOut();
    },
  };
}

function Frame(props: { children: React.ReactNode }) {
  const config = useApi(configApiRef);
  return (
    <Page themeId="home">
      <Header
        title={config.getOptionalString('app.title') ?? 'Portal'}
        subtitle="Coder deployments of every business unit, in one place"
      />
      <Content>{props.children}</Content>
    </Page>
  );
}
