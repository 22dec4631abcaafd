import { Spinner } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/** Something is being asked for. */
export function Waiting({ text = __('Loading…', 'dongbo') }) {
  return <p className="dongbo-waiting" role="status"><Spinner /> {text}</p>;
}
