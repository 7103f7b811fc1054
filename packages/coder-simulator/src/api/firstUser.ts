import type { FirstUser } from '../deployment/Setup';
import { userId } from '../deployment/accounts';
import { textsOf } from './body';
import { organizationId } from './organizations';
import { failure, invalid, json, type Reply } from './reply';
import type { ApiRequest, Route } from './Route';

const THERE_IS_ONE = 'The initial user has already been created.';

/** Source: Coder, cli and coderd: passwords have at least 8 characters. */
const MIN_PASSWORD_LENGTH = 8;

/**
 * The first administrator: whether there is one, how it is created, and how it signs in and out. Of a
 * deployment that was not set up by hand the password is nobody's.
 *
 * @internal
 */
export const firstUserRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v2/users/first',
    access: 'anyone',
    handle: ({ deployment }) =>
      deployment.hasFirstUser
        ? json(200, {
            message: 'The initial user has already been created!',
          })
        : failure(404, 'The initial user has not been created!'),
  },
  {
    method: 'POST',
    path: '/api/v2/users/first',
    access: 'anyone',
    handle: create,
  },
  {
    method: 'POST',
    path: '/api/v2/users/login',
    access: 'anyone',
    handle: ({ deployment, body }) => {
      const { texts, refusal } = textsOf(body, ['email', 'password']);
      if (refusal) {
        return refusal;
      }
      const { firstUser } = deployment.setup;
      return firstUser?.email === texts.email &&
        firstUser.password === texts.password
        ? json(201, { session_token: deployment.setup.signIn() })
        : failure(401, 'Incorrect email or password.');
    },
  },
  {
    method: 'POST',
    path: '/api/v2/users/logout',
    access: 'member',
    handle: ({ deployment, actor }) => {
      deployment.setup.signOut(actor?.session ?? '');
      return json(200, { message: 'Logged out!' });
    },
  },
];

function create({ deployment, body }: ApiRequest): Reply {
  if (deployment.hasFirstUser) {
    return failure(400, THERE_IS_ONE);
  }
  const { texts, refusal } = textsOf(body, ['email', 'username', 'password']);
  if (refusal) {
    return refusal;
  }
  if (texts.password.length < MIN_PASSWORD_LENGTH) {
    return invalid('Password not strong enough!', [
      {
        field: 'password',
        detail: `Password must be at least ${MIN_PASSWORD_LENGTH} characters.`,
      },
    ]);
  }
  const { email, username, password } = texts;
  const firstUser: FirstUser = { email, username, name: username, password };
  deployment.setup.firstUser = firstUser;
  return json(201, {
    user_id: userId(deployment.id, username),
    organization_id: organizationId(deployment),
  });
}
