/** A list without rows: what that means, and what to do next. */
export function Empty({ title, children }) {
  return (
    <div className="dongbo-empty">
      <p className="dongbo-empty__title">{title}</p>
      {children}
    </div>
  );
}
