import { address, go } from '../route.mjs';

/** A link to a screen that keeps the page; with Ctrl or the middle button it opens as any link. */
export function Link({ to, filters, children, ...rest }) {
  const follow = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    go(to, filters);
  };
  return <a href={address(to, filters)} onClick={follow} {...rest}>{children}</a>;
}
