import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { fieldName, fieldValue } from '../fields.mjs';
import { Badge } from '../parts/badge.jsx';
import { Button } from '../parts/button.jsx';
import { Change } from '../parts/change.jsx';
import { Said } from '../parts/said.jsx';
import { Table } from '../parts/table.jsx';
import { say } from '../say.mjs';
import { kindTone, operationName } from './operation-words.mjs';

const FIRST = 3;

/** Families with what would happen to each; one opened shows every field. */
export function PreviewTable({ rows, chosen, choose }) {
  const [open, setOpen] = useState(new Set());
  const toggle = (key) => setOpen((now) => {
    const next = new Set(now);
    if (!next.delete(key)) next.add(key);
    return next;
  });
  return (
    <Table caption={__('Preview', 'dongbo')} rows={rows} rowKey={({ key }) => key} rowName={({ label }) => label} chosen={chosen} choose={choose} columns={[
      {
        key: 'item', name: __('Item', 'dongbo'), main: true,
        cell: ({ label, kinds, changed, failed }) => (
          <>
            {label}
            <div>{kinds.map((kind) => <Badge key={kind} tone={kindTone(kind)}>{operationName(kind)}</Badge>)}</div>
            {changed && <div><Badge tone="warn">{__('changed meanwhile: look again', 'dongbo')}</Badge></div>}
            {failed && <Said said={failed} />}
          </>
        ),
      },
      {
        key: 'changes', name: __('Changes', 'dongbo'),
        cell: (row) => {
          const full = open.has(row.key);
          const more = row.operations.length > 1 || row.operations.some(({ changes = [] }) => changes.length > FIRST);
          return (
            <div id={`dongbo-family-${row.key}`}>
              {(full ? row.operations : row.operations.slice(0, 1)).map((operation) => (
                <Operation key={`${operation.remote_kind} ${operation.remote_id}`} operation={operation} full={full} named={row.operations.length > 1} />
              ))}
              {row.issues.map((issue) => <Said key={issue.code + issue.item.id} said={say(issue)} />)}
              {more && (
                <Button variant="link" aria-expanded={full} aria-controls={`dongbo-family-${row.key}`} onClick={() => toggle(row.key)}>
                  {/* translators: %s: a product. */}
                  {full ? __('Less', 'dongbo') : __('Show every field', 'dongbo')}
                  {/* translators: %s: a product. */}
                  <span className="screen-reader-text">{' '}{sprintf(__('of %s', 'dongbo'), row.label)}</span>
                </Button>
              )}
            </div>
          );
        },
      },
    ]} />
  );
}

function Operation({ operation, full, named }) {
  const changes = operation.changes ?? [];
  const written = changes.filter(({ after }) => after !== undefined);
  return (
    <div className="dongbo-operation">
      {named && <div><strong>{operation.label}</strong> <Badge tone={kindTone(operation.kind)}>{operationName(operation.kind)}</Badge></div>}
      <p className="description">{say(operation.reason).sentence}</p>
      {(full ? written : written.slice(0, FIRST)).map(({ field, before, after, reason }) => (
        <div key={field} title={say({ code: reason }).sentence}>
          <Change name={fieldName(field)} before={fieldValue(field, before)} after={fieldValue(field, after)} />
        </div>
      ))}
    </div>
  );
}
