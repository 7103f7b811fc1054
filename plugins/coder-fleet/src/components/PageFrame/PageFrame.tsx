import { Content, Header, Page } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { ClockProvider } from '../../time';
import { coderFleetTranslationRef } from '../../translation';

/**
 * Which frame the app brings: in the classic system a page draws its own header, in the new one the
 * app has drawn it already.
 *
 * @internal
 */
export type PageShell = 'classic' | 'bare';

const useStyles = makeStyles(
  {
    // The app's own header has left enough room.
    bare: { paddingTop: 0 },
  },
  { name: 'CoderFleetPageFrame' },
);

/**
 * What stands around every page of Coder Fleet.
 *
 * @internal
 */
export const PageFrame = (props: {
  shell: PageShell;
  /** In the classic system: the page above, when there is one. */
  parentPath?: string;
  /** Name of the page below it. */
  title?: string;
  children: ReactNode;
}) => {
  const { shell, parentPath, title, children } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(coderFleetTranslationRef);
  return (
    <ClockProvider>
      {shell === 'classic' ? (
        <Page themeId="tool">
          <Header
            title={title ?? t('title')}
            type={parentPath && t('title')}
            typeLink={parentPath}
          />
          <Content>{children}</Content>
        </Page>
      ) : (
        <main>
          <Content className={classes.bare}>{children}</Content>
        </main>
      )}
    </ClockProvider>
  );
};
