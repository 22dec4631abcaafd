import { useState } from '@wordpress/element';
import { __, _n, sprintf } from '@wordpress/i18n';
import { date, number } from '../format.mjs';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { Pager } from '../parts/pager.jsx';
import { Progress } from '../parts/progress.jsx';
import { Search } from '../parts/search.jsx';
import { Select } from '../parts/select.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { placing } from '../preview/categories.mjs';
import { KINDS, filtered, stale, summary } from '../preview/plan.mjs';
import { usePreview } from '../preview/use-preview.mjs';
import { say, short } from '../say.mjs';
import { PreviewCategories } from './preview-categories.jsx';
import { PreviewTable } from './preview-table.jsx';
import { kindTone, operationName } from './operation-words.mjs';
import { Badge } from '../parts/badge.jsx';

const PER_PAGE = 50;

/** What a sync would do, before it does (H3). `applies` is off in the wizard: there the first run does it all. */
export function Preview({ status, applies = true }) {
  const preview = usePreview();
  const [filters, setFilters] = useState({ kind: '', search: '', reason: '' });
  const [page, setPage] = useState(1);
  const [chosen, setChosen] = useState(new Set());
  const [asking, setAsking] = useState(null);
  const { counts, skipped } = summary(preview.entries);
  const rows = filtered(preview.entries, filters);
  const shown = rows.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const busy = preview.phase === 'planning' || preview.phase === 'applying';
  const change = (more) => { setPage(1); setFilters({ ...filters, ...more }); };
  const writing = rows.filter(({ writes }) => writes);
  const picked = preview.entries.filter(({ key, writes }) => writes && chosen.has(key));
  const may = applies && !busy && status.guards.length === 0 && placing(preview.categories).length === 0;
  const ask = (some) => (stale(preview.made, Date.now()) ? preview.start() : setAsking(some));
  const go = () => { preview.apply(asking); setAsking(null); setChosen(new Set()); };

  if (status.counts.goods === 0 && preview.phase === 'ready' && preview.entries.length === 0 && preview.categories.length === 0) {
    return <Empty title={__('Nothing was read from KiotViet yet.', 'dongbo')}><p>{__('Start a sync on the Dashboard; the preview shows the next one.', 'dongbo')}</p></Empty>;
  }
  return (
    <div className="dongbo-list dongbo-preview">
      {busy && (
        <Progress label={preview.words} done={preview.phase === 'planning' ? preview.goods : preview.applying.done} total={preview.phase === 'planning' ? preview.total : preview.applying.total}>
          <p><Button variant="secondary" onClick={preview.cancel}>{__('Cancel', 'dongbo')}</Button></p>
        </Progress>
      )}
      <Trouble error={preview.error} retry={preview.start} />
      {preview.phase === 'cancelled' && <p className="notice notice-warning inline" role="status">{__('Cancelled: only what was computed until then is shown.', 'dongbo')}</p>}
      {preview.applied > 0 && !busy && (
        <p className="notice notice-success inline" role="status">
          {/* translators: %s: how many. */}
          {sprintf(_n('%s product family was written.', '%s product families were written.', preview.applied, 'dongbo'), number(preview.applied))}
        </p>
      )}
      <ul className="dongbo-kinds" aria-label={__('What would happen', 'dongbo')}>
        {KINDS.filter((kind) => counts[kind] > 0).map((kind) => (
          <li key={kind}>
            <Button variant="tertiary" aria-pressed={filters.kind === kind} onClick={() => change({ kind: filters.kind === kind ? '' : kind, reason: '' })}>
              <strong>{number(counts[kind])}</strong> <Badge tone={kindTone(kind)}>{operationName(kind)}</Badge>
            </Button>
          </li>
        ))}
      </ul>
      <PreviewCategories rows={preview.categories} applies={applies} />
      {preview.phase === 'ready' && preview.entries.length === 0 && preview.categories.length === 0 && <Empty title={__('Nothing would change.', 'dongbo')} />}
      {preview.entries.length > 0 && (
        <>
          <div className="dongbo-filters">
            <Search label={__('Search by name or code', 'dongbo')} value={filters.search} onSearch={(search) => change({ search })} />
            {skipped.length > 0 && (
              <Select label={__('Why skipped', 'dongbo')} value={filters.reason} onChange={(reason) => change({ reason, kind: reason === '' ? filters.kind : 'skip' })}
                options={[{ value: '', label: __('All', 'dongbo') }, ...skipped.map(([code, count]) => ({ value: code, label: `${short(say({ code }).sentence)} (${number(count)})` }))]} />
            )}
          </div>
          <div className="dongbo-actions">
            {applies && (
              <>
                <Button variant="primary" disabled={!may || picked.length === 0} onClick={() => ask(picked)}>{sprintf(/* translators: %s: how many. */ __('Apply chosen (%s)', 'dongbo'), number(picked.length))}</Button>
                <Button variant="secondary" disabled={!may || writing.length === 0} onClick={() => ask(writing)}>{sprintf(/* translators: %s: how many. */ __('Apply all shown (%s)', 'dongbo'), number(writing.length))}</Button>
              </>
            )}
            <Button variant="tertiary" disabled={busy} onClick={preview.start}>{__('Compute anew', 'dongbo')}</Button>
            {preview.made > 0 && <span className="description">{sprintf(/* translators: %s: when. */ __('As of %s', 'dongbo'), date(preview.made))}</span>}
          </div>
          {rows.length === 0 && <Empty title={__('Nothing is found with these filters.', 'dongbo')} />}
          {shown.length > 0 && <PreviewTable rows={shown} choose={applies ? setChosen : undefined} chosen={chosen} />}
          {shown.length > 0 && <Pager page={page} pages={Math.ceil(rows.length / PER_PAGE)} total={rows.length} onPage={setPage} />}
        </>
      )}
      {asking && (
        <Confirm title={__('Apply this?', 'dongbo')} action={__('Apply', 'dongbo')} onYes={go} onNo={() => setAsking(null)}>
          {/* translators: %s: how many. */}
          <p>{sprintf(_n('%s product family is written. The server plans it once more; what has changed meanwhile is shown again and not written.', '%s product families are written. The server plans each once more; what has changed meanwhile is shown again and not written.', asking.length, 'dongbo'), number(asking.length))}</p>
        </Confirm>
      )}
    </div>
  );
}
