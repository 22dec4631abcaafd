import { __ } from '@wordpress/i18n';
import { number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { useAction } from '../parts/notices.jsx';
import { Said } from '../parts/said.jsx';
import { categoryCounts, placing } from '../preview/categories.mjs';
import { post } from '../rest.mjs';
import { say } from '../say.mjs';
import { kindTone, operationName } from './operation-words.mjs';

/**
 * What a sync does to categories before it writes goods (B12). They are not chosen one by one: goods need
 * their place, so single families are applied (`applies`) only when every category has its own.
 */
export function PreviewCategories({ rows, applies }) {
  const { act, busy } = useAction();
  if (rows.length === 0) return null;
  const waiting = applies && placing(rows).length > 0;
  const place = () => act('place', () => post('/runs', { kind: 'categories' }), __('Categories are being put in place. Compute the preview anew when the run is over.', 'dongbo'));
  return (
    <details className="dongbo-categories" open={waiting}>
      <summary>
        <strong>{__('Categories', 'dongbo')}</strong>{' '}
        {categoryCounts(rows).map(([kind, count]) => <span key={kind}>{number(count)} <Badge tone={kindTone(kind)}>{operationName(kind)}</Badge></span>)}
      </summary>
      {waiting && (
        <div className="dongbo-actions">
          <span>{__('Single products can be applied when these are in place.', 'dongbo')}</span>
          <Button variant="secondary" isBusy={busy !== ''} disabled={busy !== ''} onClick={place}>{__('Put categories in place', 'dongbo')}</Button>
        </div>
      )}
      <p className="description">{__('Every sync puts categories in place before it writes goods.', 'dongbo')}</p>
      <ul>
        {rows.map(({ id, path, kind, reason, issue }) => (
          <li key={`${id} ${kind}`}>
            {path} <Badge tone={kindTone(kind)}>{operationName(kind)}</Badge>
            {(issue || kind !== 'create') && <Said said={say(issue ?? reason)} />}
          </li>
        ))}
      </ul>
    </details>
  );
}
