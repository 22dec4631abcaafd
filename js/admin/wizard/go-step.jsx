import { __ } from '@wordpress/i18n';
import { Button } from '../parts/button.jsx';
import { useAction } from '../parts/notices.jsx';
import { post } from '../rest.mjs';

/** The first sync. */
export function GoStep({ finish }) {
  const { act, busy } = useAction();
  const start = () => act('go', () => post('/runs', { kind: 'full' })).then((run) => { if (run) finish(); });
  return (
    <>
      <p>{__('The first sync runs in the background; this page may be closed. Afterwards changes come by themselves.', 'dongbo')}</p>
      <ul className="ul-disc">
        <li>{__('Nothing is deleted, here or in KiotViet.', 'dongbo')}</li>
        <li>{__('What was doubtful in the preview is not written; you find it under Issues.', 'dongbo')}</li>
        <li>{__('Every change is in the history, with the value before.', 'dongbo')}</li>
      </ul>
      <div className="dongbo-actions">
        <Button variant="primary" isBusy={busy !== ''} disabled={busy !== ''} onClick={start}>{__('Start the first sync', 'dongbo')}</Button>
        <Button variant="tertiary" onClick={finish}>{__('Later', 'dongbo')}</Button>
      </div>
    </>
  );
}
