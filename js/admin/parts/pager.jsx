import { __, _n, sprintf } from '@wordpress/i18n';
import { number } from '../format.mjs';
import { Button } from './button.jsx';

/** How many there are, and the way to the other pages. */
export function Pager({ page, pages, total, onPage }) {
  return (
    <div className="tablenav dongbo-pager">
      <span className="displaying-num">
        {/* translators: %s: how many rows. */}
        {sprintf(_n('%s item', '%s items', total, 'dongbo'), number(total))}
      </span>
      {pages > 1 && (
        <nav aria-label={__('Pages', 'dongbo')}>
          <Button variant="secondary" disabled={page <= 1} onClick={() => onPage(page - 1)}>{__('Previous', 'dongbo')}</Button>
          {/* translators: 1: this page, 2: how many pages. */}
          <span aria-current="page">{sprintf(__('%1$s of %2$s', 'dongbo'), number(page), number(pages))}</span>
          <Button variant="secondary" disabled={page >= pages} onClick={() => onPage(page + 1)}>{__('Next', 'dongbo')}</Button>
        </nav>
      )}
    </div>
  );
}
