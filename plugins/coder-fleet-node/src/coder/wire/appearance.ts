import { z } from 'zod/v3';
import type { Appearance } from '../types';
import type { Endpoint } from './endpoint';
import { readJson } from './endpoint';
import { httpUrl, listOf, maybe, wireObject } from './fromWire';

const appearanceSchema = wireObject({
  application_name: maybe(z.string()),
  logo_url: maybe(z.string()),
  docs_url: maybe(z.string()),
  support_links: listOf(
    wireObject({
      name: maybe(z.string()),
      target: maybe(z.string()),
      icon: maybe(z.string()),
      location: maybe(z.string()),
    }),
  ),
  announcement_banners: listOf(
    wireObject({
      enabled: maybe(z.boolean()),
      message: maybe(z.string()),
      background_color: maybe(z.string()),
    }),
  ),
});

function parseAppearance(wire: unknown): Appearance {
  const appearance = appearanceSchema.parse(wire);
  return {
    applicationName: appearance.application_name || undefined,
    logoUrl: httpUrl(appearance.logo_url),
    docsUrl: httpUrl(appearance.docs_url),
    supportLinks: appearance.support_links.map(link => ({
      name: link.name ?? '',
      target: link.target ?? '',
      icon: link.icon || undefined,
      location: link.location || undefined,
    })),
    announcementBanners: appearance.announcement_banners.map(banner => ({
      enabled: banner.enabled ?? false,
      message: banner.message ?? '',
      backgroundColor: banner.background_color || undefined,
    })),
  };
}

/**
 * `GET /api/v2/appearance`, for every user.
 *
 * @internal
 */
export const appearanceEndpoint: Endpoint<Appearance> = {
  path: '/api/v2/appearance',
  token: 'required',
  read: readJson(parseAppearance),
};
