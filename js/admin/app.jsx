import { useEffect, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { boot } from './boot.mjs';
import { knowTerms } from './fields.mjs';
import { Link } from './parts/link.jsx';
import { Notices } from './parts/notices.jsx';
import { Trouble } from './parts/trouble.jsx';
import { Waiting } from './parts/waiting.jsx';
import { get } from './rest.mjs';
import { useRoute } from './route.mjs';
import { Customers } from './screens/customers.jsx';
import { Dashboard } from './screens/dashboard.jsx';
import { Drift } from './screens/drift.jsx';
import { Goods } from './screens/goods.jsx';
import { Guards } from './screens/guards.jsx';
import { HistoryList } from './screens/history.jsx';
import { Issues } from './screens/issues.jsx';
import { Orders } from './screens/orders.jsx';
import { Preflight } from './screens/preflight.jsx';
import { Preview } from './screens/preview.jsx';
import { SettingsScreen } from './screens/settings.jsx';
import { setUp } from './status.mjs';
import { useResource } from './use-resource.mjs';
import { Wizard } from './wizard/wizard.jsx';

/** Fast while something runs, seldom else. */
const everyMs = (status) => (status?.runs?.length > 0 ? 3000 : 30_000);

const screens = () => [
  { id: '', name: __('Dashboard', 'dongbo'), Screen: Dashboard },
  { id: 'goods', name: __('Goods', 'dongbo'), Screen: Goods },
  { id: 'orders', name: __('Orders', 'dongbo'), Screen: Orders },
  { id: 'customers', name: __('Customers', 'dongbo'), Screen: Customers },
  { id: 'preview', name: __('Preview', 'dongbo'), Screen: Preview },
  { id: 'drift', name: __('Drift', 'dongbo'), Screen: Drift },
  { id: 'issues', name: __('Issues', 'dongbo'), Screen: Issues, count: ({ counts }) => counts.issues.stop + counts.issues.review },
  { id: 'history', name: __('History', 'dongbo'), Screen: HistoryList },
  { id: 'preflight', name: __('Pre-flight', 'dongbo'), Screen: Preflight },
  { id: 'settings', name: __('Settings', 'dongbo'), Screen: SettingsScreen },
];

export function App() {
  const { screen, filters } = useRoute();
  const status = useResource(() => get('/status'), [], { every: everyMs });
  const all = screens();
  const unfinished = status.data !== undefined && !setUp(status.data, boot.wizard);
  // Who may not connect has no wizard to go through again.
  const wizard = screen === 'wizard' ? boot.canConnect || unfinished : screen === '' && unfinished;
  const shown = all.find(({ id }) => id === screen) ?? all[0];

  const connected = Boolean(status.data?.connection);
  const [, setKnown] = useState(false);
  useEffect(() => {
    if (!connected) return;
    // Without the names the numbers are shown; whatever keeps the settings from coming is said on their own screen.
    get('/settings').then(({ choices }) => { knowTerms(choices.terms); setKnown(true); }, () => {});
  }, [connected]);

  const heading = useRef(null);
  const first = useRef(true);
  useEffect(() => {
    // After a change of screen the keyboard goes on at the new screen's name.
    if (!first.current) {
      heading.current?.focus();
      // Its counts are as fresh as the list that was just read.
      status.reload();
    }
    first.current = false;
    // On a phone the tabs scroll: the one that is shown is in sight.
    document.querySelector('.dongbo-tabs .nav-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    document.title = document.title.replace(/^.*?(?= ‹ )/, wizard ? 'Dongbo' : `${shown.name} – Dongbo`);
  }, [shown.id, wizard, filters.good]); // eslint-disable-line -- the name follows from the id

  const name = wizard ? __('Connect your shop', 'dongbo') : shown.name;
  return (
    <>
      <h1 className="wp-heading-inline" ref={heading} tabIndex={-1}>Dongbo: {name}</h1>
      {!wizard && (
        <nav className="nav-tab-wrapper dongbo-tabs" aria-label="Dongbo">
          {all.map(({ id, name: tab, count }) => {
            const waiting = status.data && count ? count(status.data) : 0;
            return (
              <Link key={id} to={id} className={`nav-tab${id === shown.id ? ' nav-tab-active' : ''}`} aria-current={id === shown.id ? 'page' : undefined}>
                {tab}{waiting > 0 && <span className="dongbo-count">{waiting > 99 ? '99+' : waiting}</span>}
              </Link>
            );
          })}
        </nav>
      )}
      <Notices>
        {status.data === undefined && !status.error && <Waiting />}
        <Trouble error={status.error} retry={status.reload} />
        {status.data !== undefined && <Guards status={status.data} reload={status.reload} wizard={wizard} />}
        {status.data !== undefined && (wizard
          ? <Wizard status={status.data} reload={status.reload} />
          : <shown.Screen key={shown.id} status={status.data} reload={status.reload} filters={filters} />)}
      </Notices>
    </>
  );
}
