export { readOutboundConfig } from './config';
export type { OutboundConfig } from './config';
export { GuardedHttpClient } from './GuardedHttpClient';
export type { GuardedHttpClientOptions } from './GuardedHttpClient';
export type { NameLookup } from './HostResolver';
export type { HttpClient, HttpRequest, HttpResponse } from './HttpClient';
export { OutboundError } from './OutboundError';
export type { OutboundErrorKind } from './OutboundError';
