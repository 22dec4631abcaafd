import { useEffect, useRef, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { ago, date, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { Empty } from '../parts/empty.jsx';
import { Link } from '../parts/link.jsx';
import { ListScreen } from '../parts/list-screen.jsx';
import { useAction } from '../parts/notices.jsx';
import { Said } from '../parts/said.jsx';
import { Search } from '../parts/search.jsx';
import { Select } from '../parts/select.jsx';
import { Table } from '../parts/table.jsx';
import { get, post } from '../rest.mjs';
import { short } from '../say.mjs';
import { useList } from '../use-list.mjs';
import { useResource } from '../use-resource.mjs';

const severities = () => ({
  stop: ['bad', __('Stopped', 'dongbo')],
  review: ['warn', __('Needs a decision', 'dongbo')],
  notice: ['off', __('Note', 'dongbo')],
});

/** Everything that is not in step, by name, with cause and remedy (H6, Q4). */
export function Issues({ status, reload, filters }) {
  const source = useList('/issues', filters);
  const counts = useResource(() => get('/issues/counts'), []);
  const { act, busy } = useAction();
  const { stop, review, notice } = status.counts.issues;
  const first = useRef(true);
  useEffect(() => {
    // A run in the background found or closed some: the list says what the counts above it say.
    if (!first.current) { source.reload(); counts.reload(); }
    first.current = false;
  }, [stop, review, notice]); // eslint-disable-line -- only other counts are another list
  const again = () => { source.reload(); counts.reload(); reload(); };
  const retry = (issue) => act(`retry-${issue.id}`, () => post(`/issues/${issue.id}/retry`), __('It is tried again in the background.', 'dongbo')).then(again);
  const dismiss = (issue) => act(`dismiss-${issue.id}`, () => post(`/issues/${issue.id}/dismiss`), __('Taken off the list. It comes back if the next run finds it again.', 'dongbo')).then(again);
  const [doubted, setDoubted] = useState(false);
  const believe = () => act('believe', () => post(`/runs/${status.last.id}/accept`), __('Started in the background.', 'dongbo')).then(() => { setDoubted(false); again(); });
  const columns = [
    {
      key: 'item', name: __('Item', 'dongbo'), main: true,
      cell: (issue) => (
        <>
          {issue.good !== '' ? <Link to="goods" filters={{ good: issue.good }}>{issue.label}</Link> : issue.label || __('This shop', 'dongbo')}
          <div><Badge tone={severities()[issue.severity][0]}>{severities()[issue.severity][1]}</Badge></div>
        </>
      ),
    },
    { key: 'cause', name: __('Cause and remedy', 'dongbo'), cell: (issue) => <Said said={issue.said} /> },
    {
      key: 'seen', name: __('Since', 'dongbo'),
      cell: (issue) => <span title={date(issue.first_seen)}>{ago(issue.first_seen, status.now)}</span>,
    },
    {
      key: 'actions', name: __('Actions', 'dongbo'),
      cell: (issue) => (
        <div className="dongbo-actions is-row">
          {issue.retryable && <Button variant="secondary" size="compact" isBusy={busy === `retry-${issue.id}`} disabled={busy !== ''} onClick={() => retry(issue)}>{__('Try again', 'dongbo')}</Button>}
          {issue.doubted && status.last && <Button variant="secondary" size="compact" disabled={busy !== ''} onClick={() => setDoubted(true)}>{__('They were really deleted', 'dongbo')}</Button>}
          {issue.edit !== '' && <a href={issue.edit}>{__('Open product', 'dongbo')}</a>}
          <Button variant="tertiary" size="compact" isBusy={busy === `dismiss-${issue.id}`} disabled={busy !== ''} onClick={() => dismiss(issue)}>{__('Dismiss', 'dongbo')}</Button>
        </div>
      ),
    },
  ];
  const kinds = counts.data ?? [];
  return (
    <ListScreen source={source}
      filters={(
        <>
          <Search label={__('Search by name or code', 'dongbo')} value={source.filters.search} onSearch={(search) => source.change({ search })} />
          <Select label={__('Severity', 'dongbo')} value={source.filters.severity ?? ''} onChange={(severity) => source.change({ severity })}
            options={[{ value: '', label: __('All', 'dongbo') }, ...Object.entries(severities()).map(([value, [, label]]) => ({ value, label }))]} />
          <Select label={__('Cause', 'dongbo')} value={source.filters.code ?? ''} onChange={(code) => source.change({ code })}
            options={[{ value: '', label: __('All', 'dongbo') }, ...kinds.map(({ code, said, count }) => ({
              value: code,
              /* translators: 1: a cause, 2: how often. */
              label: sprintf(__('%1$s (%2$s)', 'dongbo'), short(said.sentence), number(count)),
            }))]} />
        </>
      )}
      empty={<Empty title={source.filters.search || source.filters.code || source.filters.severity ? __('Nothing is found with these filters.', 'dongbo') : __('Everything is in step.', 'dongbo')} />}>
      <Table caption={__('Issues', 'dongbo')} columns={columns} rows={source.rows} rowKey={(issue) => String(issue.id)} />
      {doubted && (
        <Confirm title={__('Were these goods really deleted in KiotViet?', 'dongbo')} action={__('They were really deleted', 'dongbo')} destructive busy={busy === 'believe'} onYes={believe} onNo={() => setDoubted(false)}>
          <p>{__('Everything is read once more. What is missing there then counts as deleted: its link ends, and its product goes on as the settings say.', 'dongbo')}</p>
        </Confirm>
      )}
    </ListScreen>
  );
}
