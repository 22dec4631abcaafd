import { useEffect, useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { date, number } from '../format.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Empty } from '../parts/empty.jsx';
import { useAction } from '../parts/notices.jsx';
import { Pager } from '../parts/pager.jsx';
import { Progress } from '../parts/progress.jsx';
import { Said } from '../parts/said.jsx';
import { Table } from '../parts/table.jsx';
import { Trouble } from '../parts/trouble.jsx';
import { Waiting } from '../parts/waiting.jsx';
import { download, get, post } from '../rest.mjs';
import { useResource } from '../use-resource.mjs';

const TONES = { stop: 'bad', review: 'warn', notice: 'off' };
const PER_PAGE = 20;

/** What would go wrong with these goods, before it does (G3). */
export function Preflight() {
  const [code, setCode] = useState('');
  const [page, setPage] = useState(1);
  const source = useResource(() => get('/preflight', { code, page, per_page: PER_PAGE }), [code, page]);
  const { act, busy } = useAction();
  const running = source.data?.run?.state === 'running';
  const go = (again) => act('run', () => post('/preflight/run', again ? { again: true } : {})).then((answer) => answer && source.set(answer));
  useEffect(() => {
    // Each request carries the check on for some seconds.
    if (running && busy === '') go(false);
  }, [running, source.data]); // eslint-disable-line -- one request after the other's answer
  if (source.data === undefined) return source.error ? <Trouble error={source.error} retry={source.reload} /> : <Waiting />;
  const { run, counts, findings } = source.data;
  const total = (code === '' ? counts : counts.filter((row) => row.code === code)).reduce((sum, { count }) => sum + count, 0);
  const columns = [
    { key: 'item', name: __('Item', 'dongbo'), main: true, cell: ({ label, edit }) => (edit === '' ? label : <a href={edit}>{label}</a>) },
    { key: 'cause', name: __('Cause and remedy', 'dongbo'), cell: ({ said }) => <Said said={said} /> },
  ];
  return (
    <div className="dongbo-list">
      <p>{__('Looks through the goods on both sides for what would stop a sync or an order. Nothing is changed.', 'dongbo')}</p>
      {running && <Progress label={__('Checking', 'dongbo')} done={run.done} total={run.total} />}
      <div className="dongbo-actions">
        <Button variant="primary" isBusy={running} disabled={running || busy !== ''} onClick={() => go(true)}>{run === null ? __('Check now', 'dongbo') : __('Check again', 'dongbo')}</Button>
        {findings.length > 0 && <Button variant="secondary" onClick={() => act('export', () => download('/preflight/export', {}, 'dongbo-preflight.csv'))}>{__('Export (CSV)', 'dongbo')}</Button>}
        {run?.ended && <span className="description">{sprintf(/* translators: %s: when. */ __('Checked %s', 'dongbo'), date(run.ended))}</span>}
      </div>
      {counts.length > 0 && (
        <ul className="dongbo-findings">
          {counts.map((row) => (
            <li key={row.code}>
              <Button variant="link" aria-pressed={code === row.code} onClick={() => { setPage(1); setCode(code === row.code ? '' : row.code); }}>
                <Badge tone={TONES[row.severity]}>{number(row.count)}</Badge> {row.said.sentence.replace(/\{\w+\}/g, '…')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {run?.state === 'done' && counts.length === 0 && <Empty title={__('Nothing stands in the way.', 'dongbo')} />}
      {findings.length > 0 && (
        <>
          <Table caption={__('Findings', 'dongbo')} columns={columns} rows={findings} rowKey={({ id }) => String(id)} />
          <Pager page={page} pages={Math.max(1, Math.ceil(total / PER_PAGE))} total={total} onPage={setPage} />
        </>
      )}
    </div>
  );
}
