import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { useAction } from '../parts/notices.jsx';
import { post } from '../rest.mjs';
import { Preview } from '../screens/preview.jsx';
import { RunCard } from '../screens/run-card.jsx';

/** Everything that would happen, before anything does (Q2). KiotViet's goods must be read for it; nothing is written. */
export function PreviewStep({ status, reload, next }) {
  const { act, busy } = useAction();
  const reading = status.runs.find(({ kind }) => kind === 'read' || kind === 'full');
  const read = () => act('read', () => post('/runs', { kind: 'read' })).then(reload);
  return (
    <>
      {reading && <RunCard run={reading} now={status.now} reload={reload} />}
      {!reading && status.counts.goods === 0 && (
        <>
          <p>{__('First KiotViet’s goods, prices and stock are read. Nothing is written to the website.', 'dongbo')}</p>
          <div className="dongbo-actions"><Button variant="primary" isBusy={busy !== ''} disabled={busy !== ''} onClick={read}>{__('Read from KiotViet', 'dongbo')}</Button></div>
        </>
      )}
      {!reading && status.counts.goods > 0 && <Preview status={status} applies={false} />}
      <div className="dongbo-actions">
        <Button variant={status.counts.goods > 0 && !reading ? 'primary' : 'secondary'} onClick={next}>{__('Continue', 'dongbo')}</Button>
      </div>
    </>
  );
}
