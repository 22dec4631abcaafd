// What the page tells the bundle (php-bridge/plugin/src/Admin/Screen.php).

/**
 * @typedef {object} Boot
 * @property {string} locale    `vi`, `en-US` …, the user's
 * @property {string} timezone  the site's: `Asia/Ho_Chi_Minh` or `+07:00`
 * @property {{code: string, position: string}} currency
 * @property {boolean} canConnect  may change the connection
 * @property {string} wizard    the step of the wizard last left, `done`, or `''`
 * @property {string} page      the page's address, without a screen
 * @property {string} admin     wp-admin's address
 * @property {{worker: string, rules: string, version: string}} engine  where the preview's parts are, and which rules the server has
 */

/** @type {Boot} */
export const boot = globalThis.dongbo ?? {
  locale: 'en-US',
  timezone: 'UTC',
  currency: { code: 'VND', position: 'right_space' },
  canConnect: false,
  wizard: '',
  page: '',
  admin: '',
  engine: { worker: '', rules: '', version: '' },
};
