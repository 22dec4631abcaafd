import { createdFields, fieldName, fieldValue } from '../fields.mjs';
import { Change } from './change.jsx';

/** What an entry of the history changed: one field, or everything a creation wrote. */
export function EntryChange({ entry: { field, field_label: label, before, after } }) {
  const created = createdFields(field, after);
  if (created === null) return <Change name={label} before={fieldValue(field, before)} after={fieldValue(field, after)} />;
  return (
    <>
      <strong>{label}</strong>
      <ul className="dongbo-created">{created.map(([name, value]) => <li key={name}><span className="dongbo-change__name">{fieldName(name)}</span> {fieldValue(name, String(value))}</li>)}</ul>
    </>
  );
}
