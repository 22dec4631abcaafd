import { __ } from '@wordpress/i18n';
import { date } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { EntryChange } from '../parts/entry-change.jsx';
import { ListScreen } from '../parts/list-screen.jsx';
import { useAction } from '../parts/notices.jsx';
import { Search } from '../parts/search.jsx';
import { Select } from '../parts/select.jsx';
import { Table } from '../parts/table.jsx';
import { download, post } from '../rest.mjs';
import { useList } from '../use-list.mjs';
import { fieldOptions } from './field-options.mjs';

/** Who changed what, when, from what to what and why; prices and stock can be undone (H6). */
export function HistoryList({ filters }) {
  const source = useList('/history', filters);
  const { act, busy } = useAction();
  const undo = (entry) => act(`undo-${entry.id}`, () => post(`/history/${entry.id}/undo`),
    __('Undone. The value is held until KiotViet’s changes or you release it.', 'dongbo')).then(source.reload);
  const release = (entry) => act(`release-${entry.id}`, () => post(`/holds/${entry.hold}/release`), __('Released: KiotViet decides again.', 'dongbo')).then(source.reload);
  const columns = [
    { key: 'at', name: __('When', 'dongbo'), cell: ({ at, actor }) => <>{date(at)}<div className="description">{actor || __('in the background', 'dongbo')}</div></> },
    { key: 'item', name: __('Item', 'dongbo'), main: true, cell: ({ label }) => label },
    {
      key: 'change', name: __('Change', 'dongbo'),
      cell: (entry) => (
        <>
          {entry.field !== '' && <EntryChange entry={entry} />}
          <div className="description">{entry.said.sentence}</div>
        </>
      ),
    },
    {
      key: 'undo', name: __('Actions', 'dongbo'),
      cell: (entry) => (
        <>
          {entry.hold !== null && <><Badge tone="wait">{__('held', 'dongbo')}</Badge> <Button variant="tertiary" size="compact" disabled={busy !== ''} onClick={() => release(entry)}>{__('Release', 'dongbo')}</Button></>}
          {entry.undoable && entry.hold === null && <Button variant="secondary" size="compact" isBusy={busy === `undo-${entry.id}`} disabled={busy !== ''} onClick={() => undo(entry)}>{__('Undo', 'dongbo')}</Button>}
        </>
      ),
    },
  ];
  const { search, field } = source.filters;
  return (
    <ListScreen source={source}
      filters={(
        <>
          <Search label={__('Search by name or code', 'dongbo')} value={search} onSearch={(text) => source.change({ search: text })} />
          <Select label={__('Field', 'dongbo')} value={field ?? ''} onChange={(value) => source.change({ field: value })} options={fieldOptions()} />
          <Button variant="secondary" isBusy={busy === 'export'} onClick={() => act('export', () => download('/history/export', { search, field }, 'dongbo-history.csv'))}>{__('Export (CSV)', 'dongbo')}</Button>
        </>
      )}
      empty={<Empty title={search || field ? __('Nothing is found with these filters.', 'dongbo') : __('Nothing was changed yet.', 'dongbo')} />}>
      <Table caption={__('History', 'dongbo')} columns={columns} rows={source.rows} rowKey={(entry) => String(entry.id)} />
    </ListScreen>
  );
}
