import { Modal } from '@wordpress/components';
import { __, sprintf } from '@wordpress/i18n';
import { money, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Said } from '../parts/said.jsx';
import { Table } from '../parts/table.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { get } from '../rest.mjs';
import { useResource } from '../use-resource.mjs';

/** One order: lines that are not linked first, then what was sent (H8). `again` sends it all the same. */
export function OrderDetail({ id, again, onClose }) {
  const { data, error, reload } = useResource(() => get(`/orders/${id}`), [id]);
  const unlinked = data?.lines.filter(({ linked }) => !linked) ?? [];
  return (
    /* translators: %s: an order's number. */
    <Modal title={sprintf(__('Order #%s', 'dongbo'), data?.order.number ?? id)} onRequestClose={onClose} className="dongbo-modal is-wide">
      <Trouble error={error} retry={reload} />
      {!data && !error && <Waiting />}
      {data && (
        <>
          <Said said={data.order.cause} />
          {unlinked.length > 0 && (
            <div className="notice notice-warning inline">
              {/* translators: %s: names of lines. */}
              <p>{sprintf(__('Not linked to a good in KiotViet: %s', 'dongbo'), unlinked.map(({ label }) => label).join(', '))}</p>
              {again && <p><Button variant="secondary" onClick={again}>{__('Try again all the same', 'dongbo')}</Button></p>}
            </div>
          )}
          <Table caption={__('Lines', 'dongbo')} rowKey={({ label, good }) => `${label} ${good}`} rows={data.lines} columns={[
            { key: 'label', name: __('Line', 'dongbo'), main: true, cell: ({ label }) => label },
            { key: 'good', name: __('Good in KiotViet', 'dongbo'), cell: ({ good, linked }) => (linked ? good : <Badge tone="warn">{__('not linked', 'dongbo')}</Badge>) },
            { key: 'quantity', name: __('Quantity', 'dongbo'), numeric: true, cell: ({ quantity }) => number(quantity) },
            { key: 'price', name: __('Price', 'dongbo'), numeric: true, cell: ({ price }) => money(price) },
          ]} />
          <p><a href={data.order.edit}>{__('Open the order', 'dongbo')}</a></p>
          {data.sent && <details><summary>{__('What was sent', 'dongbo')}</summary><pre>{JSON.stringify(data.sent, null, 2)}</pre></details>}
        </>
      )}
    </Modal>
  );
}
