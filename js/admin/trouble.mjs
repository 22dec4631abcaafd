// A refused or lost request in words, on Dongbo's screens and in its boxes on WooCommerce's.
import { __ } from '@wordpress/i18n';

/** What WordPress says when the session is over: its words are about cookies. */
const LOGGED_OUT = new Set(['rest_cookie_invalid_nonce', 'rest_not_logged_in', 'not-logged-in']);

/** What a refused or lost request says, in the form of {@link Said}. */
export function troubleOf(error) {
  if (error?.code === 'fetch_error' || error?.code === 'offline_error' || error instanceof TypeError) {
    return { sentence: __('The website did not answer.', 'dongbo'), remedy: __('Check your connection to the internet, then try again.', 'dongbo') };
  }
  if (LOGGED_OUT.has(error?.code)) {
    return {
      sentence: __('You are no longer logged in.', 'dongbo'),
      remedy: __('Log in again in another tab of this browser, then press the button once more. Nothing you typed here is lost.', 'dongbo'),
    };
  }
  if (error?.code === 'invalid_json') {
    return {
      sentence: __('The website’s answer could not be read.', 'dongbo'),
      remedy: __('Try again in a moment. If it stays so, ask your host: the error log says why, or a firewall stands between.', 'dongbo'),
    };
  }
  return { sentence: error?.message ?? String(error), remedy: error?.data?.remedy ?? '' };
}

/** The same in one line. */
export function troubleText(error) {
  const { sentence, remedy } = troubleOf(error);
  return `${sentence} ${remedy}`.trim();
}
