import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { number } from '../format.mjs';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { ListScreen } from '../parts/list-screen.jsx';
import { useAction } from '../parts/notices.jsx';
import { Said } from '../parts/said.jsx';
import { Search } from '../parts/search.jsx';
import { Select } from '../parts/select.jsx';
import { Table } from '../parts/table.jsx';
import { post } from '../rest.mjs';
import { useList } from '../use-list.mjs';
import { CustomerLink } from './customer-link.jsx';

const states = () => [
  { value: 'linked', label: __('Linked', 'dongbo') },
  { value: 'site', label: __('Only on the website', 'dongbo') },
  { value: 'pos', label: __('Only in KiotViet', 'dongbo') },
];

/** Who is who on both sides, and who is only on one; by hand where the rules find several or none (G2). */
export function Customers({ filters }) {
  const source = useList('/customers', filters, { state: 'linked' });
  const { act, busy } = useAction();
  const [linking, setLinking] = useState(null);
  const rows = source.rows ?? [];
  const onSite = source.filters.state === 'site';
  const chosen = rows.filter(({ user }) => source.chosen.has(String(user))).map(({ user }) => user);
  const send = (ids) => act('send', () => post('/customers/send', { ids }), __('They are sent in the background.', 'dongbo'))
    .then(() => { source.setChosen(new Set()); source.reload(); });
  const link = (user, customer) => act('link', () => post('/customers/link', { user, customer }), __('Linked. What they differ in is brought into step in the background.', 'dongbo'))
    .then(() => { setLinking(null); source.reload(); });
  const columns = [
    {
      key: 'name', name: __('Account', 'dongbo'), main: true,
      cell: ({ name, email, pos_name: posName }) => <>{name || posName || '–'}{email !== '' && <p className="description">{email}</p>}</>,
    },
    { key: 'pos', name: __('Customer in KiotViet', 'dongbo'), cell: ({ pos_code: code, pos_name: name, cause }) => <>{[code, name].filter(Boolean).join(' · ') || '–'}<Said said={cause} /></> },
    { key: 'phone', name: __('Phone', 'dongbo'), cell: ({ phone }) => phone || '–' },
    ...(source.filters.state === 'pos' ? [] : [{
      key: 'actions', name: __('Actions', 'dongbo'),
      cell: (row) => <Button variant="secondary" size="compact" disabled={busy !== ''} onClick={() => setLinking(row)}>{onSite ? __('Link by hand', 'dongbo') : __('Link with another', 'dongbo')}</Button>,
    }]),
  ];
  return (
    <ListScreen source={source}
      filters={(
        <>
          <Search label={__('Search by name, e-mail address, phone or code', 'dongbo')} value={source.filters.search} onSearch={(search) => source.change({ search })} />
          <Select label={__('Which', 'dongbo')} value={source.filters.state} onChange={(state) => source.change({ state })} options={states()} />
        </>
      )}
      actions={onSite && rows.length > 0 && (
        <div className="dongbo-actions">
          <Button variant="secondary" isBusy={busy === 'send'} disabled={chosen.length === 0 || busy !== ''} onClick={() => send(chosen)}>
            {/* translators: %s: how many. */}
            {sprintf(__('Send chosen to KiotViet (%s)', 'dongbo'), number(chosen.length))}
          </Button>
        </div>
      )}
      empty={<Empty title={source.filters.search ? __('Nothing is found with these filters.', 'dongbo') : __('No customers here.', 'dongbo')}>{!source.filters.search && <p>{__('What goes which way between accounts and KiotViet’s customers stands under Settings → Customers.', 'dongbo')}</p>}</Empty>}>
      <Table caption={__('Customers', 'dongbo')} columns={columns} rows={rows} rowKey={({ user, pos_id: id }) => (user === 0 ? `pos-${id}` : String(user))} rowName={({ name }) => name}
        chosen={source.chosen} choose={onSite ? source.setChosen : undefined} />
      {linking !== null && <CustomerLink account={linking} busy={busy === 'link'} onLink={(customer) => link(linking.user, customer)} onClose={() => setLinking(null)} />}
    </ListScreen>
  );
}
