import { Icon } from '@wordpress/components';

/** Icon and colour of each tone; the words always stand beside them. */
const ICONS = { good: 'yes', work: 'update', wait: 'clock', warn: 'warning', bad: 'dismiss', off: 'minus' };

/** A state in one word. */
export function Badge({ tone, children }) {
  return (
    <span className={`dongbo-badge is-${tone}`}>
      {/* Its glyph would be read aloud as part of the name. */}
      <span aria-hidden="true"><Icon icon={ICONS[tone] ?? 'marker'} size={16} /></span>
      {children}
    </span>
  );
}
