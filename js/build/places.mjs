// Where the parts of the build lie.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder `js/`. */
export const js = fileURLToPath(new URL('..', import.meta.url));
/** The project's folder. */
export const root = path.join(js, '..');
/** The plugin, as the zip holds it. */
export const plugin = path.join(root, 'php-bridge/plugin');
/** What the browser loads; built, never committed. */
export const assets = path.join(plugin, 'assets');
/** Translations: the `.po` files are sources, everything else beside them is built. */
export const languages = path.join(plugin, 'languages');
