// `npm run build`: the bundle and the translations, into the plugin.
import { bundle } from './bundle.mjs';
import { compile } from '../words/compile.mjs';

await bundle();
compile();
