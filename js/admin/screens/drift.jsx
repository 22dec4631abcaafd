import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { fieldValue } from '../fields.mjs';
import { number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Confirm } from '../parts/confirm.jsx';
import { Empty } from '../parts/empty.jsx';
import { Link } from '../parts/link.jsx';
import { useAction } from '../parts/notices.jsx';
import { Progress } from '../parts/progress.jsx';
import { Said } from '../parts/said.jsx';
import { Table } from '../parts/table.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { post } from '../rest.mjs';
import { useDrift } from './use-drift.mjs';

const causes = () => ({
  'pos-changed': ['wait', __('Changed in KiotViet', 'dongbo')],
  'order-pending': ['wait', __('An order is not in KiotViet yet', 'dongbo')],
  'site-edited': ['warn', __('Edited on the website', 'dongbo')],
  'cancelled-one-side': ['warn', __('Cancelled on one side', 'dongbo')],
  'both-changed': ['warn', __('Changed on both sides', 'dongbo')],
  'not-taken': ['bad', __('The website did not take it', 'dongbo')],
  missing: ['bad', __('Missing on the website', 'dongbo')],
});

/** Where both sides differ and probably why; repairing writes KiotViet's value (H5). */
export function Drift() {
  const drift = useDrift();
  const { act, busy } = useAction();
  const [chosen, setChosen] = useState(new Set());
  const [asking, setAsking] = useState(false);
  const told = ({ repaired, left }) => (left.length === 0
    /* translators: %s: how many. */
    ? sprintf(__('%s repaired.', 'dongbo'), number(repaired))
    /* translators: 1: how many, 2: how many not, 3: why not. */
    : sprintf(__('%1$s repaired, %2$s not: %3$s', 'dongbo'), number(repaired), number(left.length), `${left[0].label}: ${left[0].cause.sentence}`));
  const again = () => { setChosen(new Set()); drift.start(); };
  const repair = (ids, name) => act(name, () => post('/drift/repair', { ids }), told).then(again);
  const repairAll = () => act('all', async () => {
    let sum = { repaired: 0, left: [], cursor: undefined };
    do {
      // One after the other: the server goes on where it stopped.
      const part = await post('/drift/repair', { all: true, ...(sum.cursor ? { cursor: sum.cursor } : {}) });
      sum = { repaired: sum.repaired + part.repaired, left: [...sum.left, ...part.left], cursor: part.cursor };
    } while (sum.cursor);
    return sum;
  }, told).then(() => { setAsking(false); again(); });
  const key = (item) => `${item.id} ${item.field}`;
  const ids = [...new Set(drift.items.filter((item) => chosen.has(key(item)) && item.repairable).map(({ id }) => id))];
  const columns = [
    { key: 'item', name: __('Item', 'dongbo'), main: true, cell: ({ id, label }) => <Link to="goods" filters={{ good: id }}>{label}</Link> },
    { key: 'field', name: __('Field', 'dongbo'), cell: ({ field_label: label }) => label },
    { key: 'pos', name: 'KiotViet', numeric: true, cell: ({ field, pos }) => fieldValue(field, pos) },
    { key: 'shop', name: __('Website', 'dongbo'), numeric: true, cell: ({ field, shop }) => fieldValue(field, shop) },
    {
      key: 'cause', name: __('Likely cause', 'dongbo'),
      cell: ({ cause, said }) => <><Badge tone={causes()[cause]?.[0] ?? 'warn'}>{causes()[cause]?.[1] ?? cause}</Badge><Said said={said} /></>,
    },
    {
      key: 'repair', name: __('Actions', 'dongbo'),
      cell: (item) => item.repairable && (
        <Button variant="secondary" size="compact" isBusy={busy === key(item)} disabled={busy !== ''} onClick={() => repair([item.id], key(item))}>{__('Repair', 'dongbo')}</Button>
      ),
    },
  ];
  return (
    <div className="dongbo-list">
      <p>{__('The website’s values beside KiotViet’s, as both are now. Repairing writes KiotViet’s value.', 'dongbo')}</p>
      {drift.running && (
        <Progress label={__('Comparing', 'dongbo')} done={drift.looked} total={drift.total}>
          <p><Button variant="secondary" onClick={drift.stop}>{__('Stop', 'dongbo')}</Button></p>
        </Progress>
      )}
      <Trouble error={drift.error} retry={drift.start} />
      {!drift.running && !drift.error && drift.items.length === 0 && (
        <Empty title={drift.looked === 0 ? __('No linked goods to compare yet.', 'dongbo') : __('Nothing drifts.', 'dongbo')}>
          {/* translators: %s: how many goods. */}
          <p>{sprintf(__('%s goods were compared.', 'dongbo'), number(drift.looked))}</p>
        </Empty>
      )}
      {!drift.running && (
        <div className="dongbo-actions">
          <Button variant="secondary" onClick={again}>{__('Compare again', 'dongbo')}</Button>
          {drift.items.length > 0 && <Button variant="primary" disabled={ids.length === 0 || busy !== ''} onClick={() => repair(ids, 'some')}>{sprintf(/* translators: %s: how many. */ __('Repair chosen (%s)', 'dongbo'), number(ids.length))}</Button>}
          {drift.items.length > 0 && <Button variant="secondary" disabled={busy !== ''} onClick={() => setAsking(true)}>{__('Repair all', 'dongbo')}</Button>}
        </div>
      )}
      {drift.items.length > 0 && (
        <Table caption={__('Drift', 'dongbo')} columns={columns} rows={drift.items.slice(0, drift.shown)} rowKey={key} rowName={({ label }) => label} chosen={chosen} choose={setChosen} />
      )}
      {drift.items.length > drift.shown && <p><Button variant="secondary" onClick={drift.more}>{__('Show more', 'dongbo')}</Button></p>}
      {asking && (
        <Confirm title={__('Repair everything?', 'dongbo')} action={__('Repair all', 'dongbo')} busy={busy === 'all'} onYes={repairAll} onNo={() => setAsking(false)}>
          <p>{__('Every value that can be repaired becomes KiotViet’s. The history keeps the values before.', 'dongbo')}</p>
        </Confirm>
      )}
    </div>
  );
}
