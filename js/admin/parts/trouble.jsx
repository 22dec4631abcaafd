import { __ } from '@wordpress/i18n';
import { troubleOf } from '../trouble.mjs';
import { Button } from './button.jsx';

/** An error of a request, with a way to try again. */
export function Trouble({ error, retry }) {
  if (!error) return null;
  const { sentence, remedy } = troubleOf(error);
  return (
    <div className="notice notice-error inline dongbo-trouble" role="alert">
      <p><strong>{sentence}</strong> {remedy}</p>
      {retry && <p><Button variant="secondary" onClick={retry}>{__('Try again', 'dongbo')}</Button></p>}
    </div>
  );
}
