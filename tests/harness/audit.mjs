// The independent audit (tests/audit), as a test calls it.
import path from 'node:path';
import { root, run } from './run.mjs';

/** Compares both sides row by row: `{ same, text }`. */
export async function audit(pos, shop, { branches, orderBranch, regularBook, saleBook, at, most = 20 }) {
  const args = [path.join(root, 'tests/audit/audit.php'), `--pos=${pos.url}`, `--wordpress=${shop.wordpress}`,
    `--branches=${branches.join(',')}`, `--most=${most}`];
  if (orderBranch) args.push(`--order-branch=${orderBranch}`);
  if (regularBook) args.push(`--regular-book=${regularBook}`);
  if (saleBook) args.push(`--sale-book=${saleBook}`);
  if (at) args.push(`--at=${at}`);
  const { out, err, code } = await run('php', args, { allow: [0, 1] });
  return { same: code === 0, text: out + err };
}
