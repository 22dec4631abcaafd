import { __ } from '@wordpress/i18n';
import { boot } from '../boot.mjs';
import { Button } from '../parts/button.jsx';
import { Link } from '../parts/link.jsx';
import { useAction } from '../parts/notices.jsx';
import { post } from '../rest.mjs';

/** What keeps Dongbo from writing, on every screen, with the one button that mends it. */
export function Guards({ status, reload, wizard }) {
  const { act, busy } = useAction();
  const here = () => act('here', () => post('/connection/confirm-site'), __('This site is the one now. Syncing goes on.', 'dongbo')).then(reload);
  const confirm = boot.canConnect && (
    <Button variant="secondary" isBusy={busy === 'here'} disabled={busy !== ''} onClick={here}>{__('This is the site now', 'dongbo')}</Button>
  );
  const remedies = { 'site-copied': confirm, 'site-not-production': confirm };
  const reconnect = !wizard && status.connection?.state === 'reconnect' && boot.canConnect;
  // In the wizard it goes without saying that nothing is connected yet.
  const guards = wizard && status.connection?.state !== 'active' ? [] : status.guards;
  return (
    <>
      {guards.map((said) => (
        <div key={said.code} className="notice notice-error inline" role="alert">
          <p><strong>{said.sentence}</strong> {said.remedy}</p>
          {remedies[said.code] && <p>{remedies[said.code]}</p>}
          {!remedies[said.code] && reconnect && <p><Link to="settings" filters={{ group: 'connection' }} className="button">{__('Connect again', 'dongbo')}</Link></p>}
        </div>
      ))}
      {status.cron.cause && (
        <div className="notice notice-warning inline"><p><strong>{status.cron.cause.sentence}</strong> {status.cron.cause.remedy}</p></div>
      )}
    </>
  );
}
