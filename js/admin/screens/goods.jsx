import { ToggleControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { money, number } from '../format.mjs';
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
import { useList } from '../use-list.mjs';
import { useResource } from '../use-resource.mjs';
import { categoryOptions } from './category-options.mjs';
import { GoodDetail } from './good-detail.jsx';
import { goodActionName, goodStates } from './good-words.mjs';

const BULK = ['sync', 'pause', 'resume', 'exclude', 'include'];

/** Goods of both sides, their state, and what is done with them (H4, B6). */
export function Goods({ filters, reload }) {
  return filters.good ? <GoodDetail id={filters.good} /> : <GoodsList start={filters} reload={reload} />;
}

function GoodsList({ start, reload }) {
  const source = useList('/goods', start);
  const counts = useResource(() => get('/goods/counts'), []);
  const settings = useResource(() => get('/settings'), []);
  const { act, busy } = useAction();
  const [bulk, setBulk] = useState('sync');
  const [everything, setEverything] = useState(false);
  const [asking, setAsking] = useState(false);
  const { state = '', search = '', category = '' } = source.filters;
  const again = () => { source.setChosen(new Set()); setEverything(false); setAsking(false); source.reload(); counts.reload(); reload(); };
  const told = ({ done, refused }) => (refused.length === 0
    /* translators: %s: how many goods. */
    ? sprintf(__('Done for %s goods.', 'dongbo'), number(done))
    /* translators: 1: how many goods, 2: how many not, 3: why not. */
    : sprintf(__('Done for %1$s goods, not for %2$s: %3$s', 'dongbo'), number(done), number(refused.length), `${refused[0].label}: ${refused[0].cause.sentence}`));
  const all = everything ? { filter: { state, search, category } } : { ids: [...source.chosen] };
  const run = () => act('bulk', () => post('/goods/bulk', { action: bulk, ...all }), told).then(again);
  const keep = (row, on) => act(`keep-${row.id}`, () => post(`/goods/${encodeURIComponent(row.id)}/${on ? 'include' : 'exclude'}`),
    on ? __('Kept in step again.', 'dongbo') : __('Left alone from now on. Nothing was removed.', 'dongbo')).then(again);
  const total = source.pager.total;
  const amount = everything ? total : source.chosen.size;
  const columns = [
    {
      key: 'item', name: __('Item', 'dongbo'), main: true,
      cell: ({ id, label, pos }) => <><Link to="goods" filters={{ good: id }}>{label}</Link>{pos && <div className="description">{[pos.unit, pos.category].filter(Boolean).join(' · ')}</div>}</>,
    },
    { key: 'state', name: __('State', 'dongbo'), cell: (row) => <><Badge tone={goodStates()[row.state][0]}>{goodStates()[row.state][1]}</Badge>{row.causes.slice(0, 1).map((said) => <Said key={said.code} said={said} />)}</> },
    { key: 'price', name: __('Price', 'dongbo'), numeric: true, cell: ({ pos, shop }) => <Sides pos={pos && money(pos.price)} shop={shop && money(shop.regular_price)} /> },
    { key: 'stock', name: __('Stock', 'dongbo'), numeric: true, cell: ({ pos, shop }) => <Sides pos={pos && number(pos.on_hand)} shop={shop && number(shop.stock)} same={pos && shop && isFloor(pos.on_hand, shop.stock)} /> },
    {
      key: 'keep', name: __('Keep in step', 'dongbo'),
      cell: (row) => row.pos && (
        <ToggleControl __nextHasNoMarginBottom checked={row.state !== 'excluded'} disabled={busy !== ''} onChange={(on) => keep(row, on)}
          /* translators: %s: a good. */
          label={<span className="screen-reader-text">{sprintf(__('Keep %s in step', 'dongbo'), row.label)}</span>} />
      ),
    },
  ];
  const filtering = state !== '' || search !== '' || category !== '';
  return (
    <ListScreen source={source}
      filters={(
        <>
          <ul className="dongbo-states" aria-label={__('State', 'dongbo')}>
            {[['', ['', __('All', 'dongbo')]], ...Object.entries(goodStates())].map(([value, [, name]]) => (
              <li key={value}>
                <Button variant="link" aria-pressed={state === value} onClick={() => source.change({ state: value })}>
                  {name}{counts.data && ` (${number(counts.data[value === '' ? 'all' : value])})`}
                </Button>
              </li>
            ))}
          </ul>
          <Search label={__('Search by name or code', 'dongbo')} value={search} onSearch={(text) => source.change({ search: text })} />
          <Select label={__('Category', 'dongbo')} value={category} onChange={(value) => source.change({ category: value })}
            options={[{ value: '', label: __('All', 'dongbo') }, ...categoryOptions(settings.data?.choices.categories ?? [])]} />
          <Select label={__('Origin', 'dongbo')} value={source.filters.origin ?? ''} onChange={(origin) => source.change({ origin })} options={[
            { value: '', label: __('All', 'dongbo') },
            { value: 'created', label: __('Created by Dongbo', 'dongbo') },
            { value: 'linked', label: __('Was here before', 'dongbo') },
          ]} />
        </>
      )}
      actions={source.rows?.length > 0 && (
        <div className="dongbo-actions dongbo-bulk">
          <Select label={__('With the chosen', 'dongbo')} hideLabelFromVision value={bulk} onChange={setBulk} options={BULK.map((value) => ({ value, label: goodActionName(value) }))} />
          <Button variant="secondary" __next40pxDefaultSize isBusy={busy === 'bulk'} disabled={amount === 0 || busy !== ''} onClick={() => (bulk === 'sync' && !everything ? run() : setAsking(true))}>
            {/* translators: %s: how many. */}
            {sprintf(__('Do it (%s)', 'dongbo'), number(amount))}
          </Button>
          {!everything && source.chosen.size > 0 && total > source.rows.length && (
            /* translators: %s: how many. */
            <Button variant="link" onClick={() => setEverything(true)}>{sprintf(__('Choose all %s', 'dongbo'), number(total))}</Button>
          )}
          {everything && <Button variant="link" onClick={() => setEverything(false)}>{__('Only those of this page', 'dongbo')}</Button>}
          <Link to="settings" filters={{ group: 'goods' }}>{__('Which goods come by themselves', 'dongbo')}</Link>
        </div>
      )}
      empty={<Empty title={filtering ? __('Nothing is found with these filters.', 'dongbo') : __('No goods yet.', 'dongbo')}>{!filtering && <p>{__('They are read with the first sync.', 'dongbo')}</p>}</Empty>}>
      <Table caption={__('Goods', 'dongbo')} columns={columns} rows={source.rows} rowKey={({ id }) => id} rowName={({ label }) => label} chosen={source.chosen} choose={(keys) => { setEverything(false); source.setChosen(keys); }} />
      {asking && (
        <Confirm title={goodActionName(bulk)} action={goodActionName(bulk)} busy={busy === 'bulk'} onYes={run} onNo={() => setAsking(false)}>
          {/* translators: %s: how many goods. */}
          <p>{sprintf(__('%s goods. Nothing is removed from either side.', 'dongbo'), number(amount))}</p>
        </Confirm>
      )}
    </ListScreen>
  );
}

/** Five boxes and a bit are five boxes to a website that sells whole ones: no difference (D2). */
const isFloor = (pos, shop) => pos !== '' && shop !== '' && String(Math.floor(Number(pos))) === String(Number(shop));

/** The same value on both sides: once when equal, else both with their names. */
function Sides({ pos, shop, same = pos === shop }) {
  if (pos === null || pos === '' || shop === null || shop === '' || same) return <>{shop || pos || '–'}</>;
  return (
    <span className="dongbo-sides">
      <span><small>KiotViet</small> {pos}</span>
      <span><small>{__('Website', 'dongbo')}</small> {shop}</span>
    </span>
  );
}
