// WordPress's own packages stand on the page already (`window.wp`); nothing of them is bundled.
const packages = {
  react: 'React',
  '@wordpress/a11y': 'wp.a11y',
  '@wordpress/api-fetch': 'wp.apiFetch',
  '@wordpress/components': 'wp.components',
  '@wordpress/element': 'wp.element',
  '@wordpress/i18n': 'wp.i18n',
};

/** The handles the page must load before the bundle, for `wp_enqueue_script`. */
export const handles = ['wp-a11y', 'wp-api-fetch', 'wp-components', 'wp-element', 'wp-i18n'];

/** An esbuild plugin: an import of one of WordPress's packages reads the global it stands under. */
export const wordpress = {
  name: 'wordpress',
  setup(build) {
    build.onResolve({ filter: /^(react$|@wordpress\/)/ }, ({ path }) => (path in packages
      ? { path, namespace: 'wordpress' }
      : { errors: [{ text: `${path} is not among the packages Dongbo's page loads (js/build/wordpress.mjs)` }] }));
    build.onLoad({ filter: /.*/, namespace: 'wordpress' }, ({ path }) => ({
      contents: path === '@wordpress/api-fetch'
        ? `export default window.${packages[path]};`
        : `module.exports = window.${packages[path]};`,
    }));
  },
};
