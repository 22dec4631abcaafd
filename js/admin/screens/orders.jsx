import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { money, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { ListScreen } from '../parts/list-screen.jsx';
import { useAction } from '../parts/notices.jsx';
import { Said } from '../parts/said.jsx';
import { Search } from '../parts/search.jsx';
import { Select } from '../parts/select.jsx';
import { Table } from '../parts/table.jsx';
import { get, post } from '../rest.mjs';
import { useList } from '../use-list.mjs';
import { OrderDetail } from './order-detail.jsx';

export const orderStates = () => ({
  waiting: ['wait', __('Waiting', 'dongbo')],
  sent: ['good', __('Sent', 'dongbo')],
  failed: ['bad', __('Failed', 'dongbo')],
  ignored: ['off', __('Ignored', 'dongbo')],
  review: ['warn', __('Needs a decision', 'dongbo')],
  left: ['off', __('Not to be sent', 'dongbo')],
});

const RETRIED = new Set(['failed', 'review', 'waiting']);

/** Web orders and what became of them in KiotViet (H8). */
export function Orders({ filters, reload }) {
  const source = useList('/orders', filters);
  const { act, busy } = useAction();
  const [open, setOpen] = useState(null);
  // The route belongs to the part that sends orders; without it there is nothing to list.
  if (source.error?.code === 'rest_no_route') {
    return <Empty title={__('This version does not send web orders to KiotViet yet.', 'dongbo')} />;
  }
  const again = () => { source.setChosen(new Set()); source.reload(); reload(); };
  const each = (name, ids, action, done) => act(name, async () => {
    // One after the other: the first refusal names its order and stops.
    for (const id of ids) await post(`/orders/${id}/${action}`);
  }, done).then(again);
  const send = ({ id, state }) => each(`send-${id}`, [id], state === 'waiting' ? 'send' : 'retry', __('It is sent in the background.', 'dongbo'));
  // Lines that are not linked are named first: such an order would fail once more.
  const named = (row) => act(`send-${row.id}`, async () => (await get(`/orders/${row.id}`)).lines.some(({ linked }) => !linked))
    .then((unlinked) => (unlinked ? setOpen({ id: row.id, again: () => { setOpen(null); send(row); } }) : send(row)));
  const rows = source.rows ?? [];
  const chosen = rows.filter(({ id, state }) => source.chosen.has(String(id)) && RETRIED.has(state));
  const failed = rows.filter(({ state }) => state === 'failed');
  const columns = [
    { key: 'number', name: __('Order', 'dongbo'), main: true, cell: (row) => <Button variant="link" onClick={() => setOpen({ id: row.id })}>#{row.number}</Button> },
    { key: 'pos', name: __('KiotViet code', 'dongbo'), cell: ({ pos_code: code }) => code || '–' },
    { key: 'customer', name: __('Customer', 'dongbo'), cell: ({ customer }) => customer },
    { key: 'total', name: __('Total here', 'dongbo'), numeric: true, cell: ({ total }) => money(total) },
    { key: 'postotal', name: __('Total in KiotViet', 'dongbo'), numeric: true, cell: ({ pos_total: total }) => money(total) || '–' },
    { key: 'state', name: __('State', 'dongbo'), cell: ({ state, cause }) => <><Badge tone={orderStates()[state][0]}>{orderStates()[state][1]}</Badge><Said said={cause} /></> },
    {
      key: 'actions', name: __('Actions', 'dongbo'),
      cell: (row) => (
        <div className="dongbo-actions is-row">
          {RETRIED.has(row.state) && <Button variant="secondary" size="compact" isBusy={busy === `send-${row.id}`} disabled={busy !== ''} onClick={() => named(row)}>{row.state === 'waiting' ? __('Send now', 'dongbo') : __('Try again', 'dongbo')}</Button>}
          {(row.state === 'failed' || row.state === 'review') && <Button variant="tertiary" size="compact" disabled={busy !== ''} onClick={() => each(`ignore-${row.id}`, [row.id], 'ignore', __('Ignored.', 'dongbo'))}>{__('Ignore', 'dongbo')}</Button>}
        </div>
      ),
    },
  ];
  return (
    <ListScreen source={source}
      filters={(
        <>
          <Search label={__('Search by number, code or customer', 'dongbo')} value={source.filters.search} onSearch={(search) => source.change({ search })} />
          <Select label={__('State', 'dongbo')} value={source.filters.state ?? ''} onChange={(state) => source.change({ state })}
            options={[{ value: '', label: __('All', 'dongbo') }, ...Object.entries(orderStates()).map(([value, [, label]]) => ({ value, label }))]} />
        </>
      )}
      actions={rows.length > 0 && (
        <div className="dongbo-actions">
          <Button variant="secondary" disabled={chosen.length === 0 || busy !== ''} onClick={() => each('chosen', chosen.map(({ id }) => id), 'retry', __('They are sent in the background.', 'dongbo'))}>
            {/* translators: %s: how many. */}
            {sprintf(__('Try chosen again (%s)', 'dongbo'), number(chosen.length))}
          </Button>
          {failed.length > 0 && <Button variant="secondary" isBusy={busy === 'failed'} disabled={busy !== ''} onClick={() => each('failed', failed.map(({ id }) => id), 'retry', __('They are sent in the background.', 'dongbo'))}>{__('Try all failed on this page again', 'dongbo')}</Button>}
        </div>
      )}
      empty={<Empty title={source.filters.search || source.filters.state ? __('Nothing is found with these filters.', 'dongbo') : __('No orders yet.', 'dongbo')} />}>
      <Table caption={__('Orders', 'dongbo')} columns={columns} rows={rows} rowKey={({ id }) => String(id)} rowName={({ number: name }) => `#${name}`} chosen={source.chosen} choose={source.setChosen} />
      {open !== null && <OrderDetail id={open.id} again={open.again} onClose={() => setOpen(null)} />}
    </ListScreen>
  );
}
