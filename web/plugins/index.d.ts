import type { Plugin } from 'vite';

/** Catalogs under catalogs/web come as modules of their messages, already parsed: `?area=NAME` picks a part of one. */
export function catalogs(): Plugin;
/** The icon, the manifest and the service worker, which keep their names from build to build. */
export function installable(): Plugin;
/** NAME.br and NAME.gz beside each built file that gets smaller by it. */
export function compressed(): Plugin;
