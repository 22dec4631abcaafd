import { SelectControl } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { useAction } from '../parts/notices.jsx';
import { post } from '../rest.mjs';
import { kindName } from './run-words.mjs';

const KINDS = ['full', 'goods', 'prices', 'stock', 'categories', 'orders', 'customers', 'delta'];

/** “Sync now”, everything or one kind; a run that is cut goes on (H2). */
export function SyncNow({ status, reload }) {
  const { act, busy } = useAction();
  const [kind, setKind] = useState('full');
  const may = status.connection.state === 'active' && status.guards.length === 0;
  const start = () => act('sync', () => post('/runs', { kind }), __('Started in the background. This page may be closed.', 'dongbo')).then(reload);
  return (
    <div className="dongbo-syncnow">
      <SelectControl __next40pxDefaultSize __nextHasNoMarginBottom label={__('What to sync', 'dongbo')} value={kind} onChange={setKind}
        options={KINDS.map((value) => ({ value, label: kindName(value) }))} />
      <Button variant="primary" __next40pxDefaultSize isBusy={busy !== ''} disabled={!may || busy !== ''} onClick={start}>{__('Sync now', 'dongbo')}</Button>
    </div>
  );
}
