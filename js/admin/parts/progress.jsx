import { useEffect, useRef } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { speak } from '@wordpress/a11y';
import { number, percent } from '../format.mjs';

/** A screen reader is told every so often, not at every row. */
const TELL_EVERY_MS = 15_000;

/** How far something is, as a bar, as numbers, and aloud now and then. */
export function Progress({ label, done, total, children }) {
  const told = useRef(0);
  const share = percent(done, total);
  useEffect(() => {
    if (total > 0 && Date.now() - told.current > TELL_EVERY_MS) {
      told.current = Date.now();
      /* translators: 1: what is being done, 2: percent. */
      speak(sprintf(__('%1$s: %2$d %%', 'dongbo'), label, share), 'polite');
    }
  }, [label, share, total]);
  return (
    <div className="dongbo-progress">
      <div className="dongbo-progress__head">
        <strong>{label}</strong>
        {/* translators: 1: rows done, 2: rows in all, 3: percent. */}
        {total > 0 && <span>{sprintf(__('%1$s of %2$s (%3$d %%)', 'dongbo'), number(Math.min(done, total)), number(total), share)}</span>}
      </div>
      {total > 0 ? <progress aria-label={label} value={done} max={total} /> : <progress aria-label={label} />}
      {children}
    </div>
  );
}
