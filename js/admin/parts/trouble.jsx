import { Button } from '@wordpress/components';
import { __ } from '@wordpress/i18n';

/** What a refused or lost request says, in the form of {@link Said}. */
export function troubleOf(error) {
  if (error?.code === 'fetch_error' || error instanceof TypeError) {
    return { sentence: __('The website did not answer.', 'dongbo'), remedy: __('Check your connection to the internet, then try again.', 'dongbo') };
  }
  return { sentence: error?.message ?? String(error), remedy: error?.data?.remedy ?? '' };
}

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
