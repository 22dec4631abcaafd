import { Modal } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { Search } from '../parts/search.jsx';
import { Table } from '../parts/table.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { list } from '../rest.mjs';
import { useResource } from '../use-resource.mjs';

/** As many as a person looks through; who is looked for further is searched for. */
const SHOWN = 10;

/** Which customer of KiotViet an account is: those that nobody is linked with yet. */
export function CustomerLink({ account, busy, onLink, onClose }) {
  const [search, setSearch] = useState('');
  const { data, error, reload } = useResource(() => list('/customers', { state: 'pos', per_page: SHOWN, search }), [search]);
  const columns = [
    { key: 'name', name: __('Customer in KiotViet', 'dongbo'), main: true, cell: ({ pos_code: code, pos_name: name }) => [code, name].filter(Boolean).join(' · ') },
    { key: 'phone', name: __('Phone', 'dongbo'), cell: ({ phone }) => phone || '–' },
    {
      key: 'actions', name: __('Actions', 'dongbo'),
      /* translators: %s: a customer's name. */
      cell: ({ pos_id: id, pos_name: name }) => <Button variant="secondary" size="compact" isBusy={busy} disabled={busy} aria-label={sprintf(__('Link with %s', 'dongbo'), name)} onClick={() => onLink(id)}>{__('Link', 'dongbo')}</Button>,
    },
  ];
  return (
    /* translators: %s: an account's name. */
    <Modal title={sprintf(__('Who is %s in KiotViet?', 'dongbo'), account.name)} onRequestClose={onClose} className="dongbo-modal is-wide">
      <Search label={__('Search by name, e-mail address, phone or code', 'dongbo')} value={search} onSearch={setSearch} />
      <Trouble error={error} retry={reload} />
      {!data && !error && <Waiting />}
      {data?.rows.length === 0 && <Empty title={__('No customers here.', 'dongbo')} />}
      {data?.rows.length > 0 && <Table caption={__('Customers of KiotViet', 'dongbo')} columns={columns} rows={data.rows} rowKey={({ pos_id: id }) => id} />}
    </Modal>
  );
}
