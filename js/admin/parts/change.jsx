import { __ } from '@wordpress/i18n';

/** One field, before and after; the arrow is read as words. */
export function Change({ name, before, after }) {
  return (
    <div className="dongbo-change">
      <span className="dongbo-change__name">{name}</span>{' '}
      <del>{before}</del> <span aria-hidden="true">→</span><span className="screen-reader-text">{__('becomes', 'dongbo')}</span> <ins>{after}</ins>
    </div>
  );
}
