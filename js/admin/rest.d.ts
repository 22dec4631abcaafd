/**
 * The form of every answer of `dongbo/v1` (product.md I4), and what each route is given.
 *
 * This file is the contract between the screens and the shell: `tests/plugin/cases/rest-routes.php`
 * asks every route and holds the answer against {@link Routes}. Fields marked `?` may be left out;
 * everything else is always there. Fields not named here are a failure of that test.
 *
 * - Times are milliseconds UTC. Amounts are decimal texts exactly as the shop stores them (`"149000"`),
 *   `""` for none. POS ids are texts.
 * - An error is WordPress's own form, {@link Refusal}: `message` is a sentence for a shop owner.
 * - Lists take `page` (1 …) and `per_page` (1 … 100, 20 by default) and answer with the headers
 *   `X-WP-Total` and `X-WP-TotalPages`.
 * - Everything needs the capability `manage_woocommerce`; what changes the connection (`/connection/…`)
 *   needs `manage_options` too.
 *
 * Only interfaces, type aliases, literals, unions, arrays, `Record<string, T>` and inline objects are
 * used, because the test reads the file with a small reader of its own.
 */

/** Milliseconds since 1970 UTC. */
export type Ms = number;

export interface Param { name: string; value: string }

/** A code of `src/words.json` in words, in the user's language. */
export interface Said { code: string; params: Param[]; sentence: string; remedy: string }

/** What every refused request gets. */
export interface Refusal {
  code: string;
  message: string;
  data: { status: number; remedy: string; params?: unknown; details?: unknown };
}

export type Severity = 'stop' | 'review' | 'notice';

// ——— Status and runs ———————————————————————————————————————————————————————————————————————————

export type RunKind = 'full' | 'delta' | 'stock' | 'named' | 'read' | 'connect' | 'hand' | 'goods' | 'prices' | 'categories' | 'customers' | 'orders' | 'marked-orders' | 'marked-customers' | 'inbox' | 'images' | 'preflight' | 'plan' | 'touched';

/** `asked`: the stopper, or a list that came back short, waits for `accept` or `cancel`. */
export type RunState = 'running' | 'waiting' | 'paused' | 'asked' | 'stuck' | 'done' | 'failed' | 'cancelled';

export interface RunCounts {
  created: number; updated: number; linked: number; unlinked: number;
  skipped: number; review: number; failed: number; unchanged: number;
}

export interface Run {
  id: number;
  lane: string;
  kind: string;
  state: RunState;
  /** What is being done now, in words. */
  phase: string;
  /** The item at hand, `""` when there is none. */
  item: string;
  done: number;
  total: number;
  /** Rows a second; 0 when not to be told. */
  rate: number;
  /** Seconds to the end as it goes now; null when not to be told. */
  eta: number | null;
  started: Ms;
  changed: Ms;
  ended: Ms | null;
  wait_until: Ms | null;
  counts: RunCounts;
  cost: { slices: number; calls: number; sql: number; memory: number; seconds: number };
  /** Why it waits, asks, failed; null when there is nothing to say. */
  cause: Said | null;
  /** The whole in one sentence. */
  words: string;
}

export interface Connection {
  id: number;
  pos: 'kiotviet' | 'sapo-web' | 'sapo-go';
  shop: string;
  state: 'new' | 'active' | 'reconnect' | 'paused' | 'closed';
  cause: Said | null;
  client_id: string;
  /** A secret is stored; it never comes back to the browser. */
  has_secret: boolean;
  /** Constants of wp-config.php stand in for the fields. */
  client_id_fixed: boolean;
  secret_fixed: boolean;
  created: Ms;
}

export interface Day {
  /** `2026-11-22`, of the site's time zone. */
  day: string;
  /** Entries of the history. */
  writes: number;
  created: number;
  undone: number;
  /** Issues first seen. */
  issues: number;
  /** Calls to the POS, and those that failed. */
  calls: number;
  call_failures: number;
}

export interface Status {
  now: Ms;
  connection: Connection | null;
  /** What keeps Dongbo from writing now: copied site, auth lost, paused, newer tables … */
  guards: Said[];
  /** Open runs, orders first. */
  runs: Run[];
  /** The last run that ended; null before the first. */
  last: Run | null;
  /** What wake-ups start next; `kind` is empty where only the instant is known. */
  next: { kind: string; at: Ms }[];
  webhooks: {
    state: 'off' | 'on' | 'refused' | 'displaced' | 'silent';
    registered: number;
    last_received: Ms | null;
    /** Stored and not yet worked on. */
    waiting: number;
    cause: Said | null;
  };
  /** Our own count of this hour's calls. */
  budget: { used: number; failed: number; limit: number };
  counts: {
    goods: number;
    links: number;
    issues: { stop: number; review: number; notice: number };
    /** Goods whose stock drifts, as the last run saw it. */
    drift: number;
    orders: { waiting: number; failed: number; review: number };
  };
  cron: {
    /** How late the most overdue job of Dongbo is; 0 when none is. */
    late_seconds: number;
    /** WP-Cron is switched off in wp-config.php: a system cron must ring. */
    disabled: boolean;
    cause: Said | null;
  };
  versions: { plugin: string; rules: string; schema: number; wordpress: string; woocommerce: string; php: string };
  /** The last 30 days, oldest first; every day is there. */
  days: Day[];
}

// ——— Goods ——————————————————————————————————————————————————————————————————————————————————————

/**
 * | state | means |
 * |---|---|
 * | `linked` | kept in step |
 * | `new` | read from the POS, not planned yet |
 * | `pos-only` | only in the POS, and stays so (selection, setting) |
 * | `site-only` | a product without a good |
 * | `paused`, `excluded` | left alone by hand |
 * | `ambiguous` | not linked, a person decides which product it is |
 * | `failed` | could not be written, or waits for a person; `causes` says why |
 */
export type GoodState = 'linked' | 'new' | 'pos-only' | 'site-only' | 'paused' | 'excluded' | 'ambiguous' | 'failed';

export interface ShopSummary {
  id: number;
  kind: 'simple' | 'variable' | 'variation' | 'other';
  /** The product a variation stands under, else 0. */
  parent: number;
  name: string;
  sku: string;
  status: string;
  regular_price: string;
  sale_price: string;
  stock: string;
  stock_status: string;
  /** Addresses to open it, `""` when the user may not. */
  edit: string;
  view: string;
}

export interface PosSummary {
  id: string;
  code: string;
  name: string;
  kind: 'ordinary' | 'service' | 'combo';
  unit: string;
  category_id: string;
  category: string;
  family: string;
  price: string;
  /** Σ on hand over the chosen branches; `""` when unknown. */
  on_hand: string;
  active: boolean;
  deleted: boolean;
}

export interface GoodRow {
  /** For the routes: the good's POS id, or `shop-<id>` for what is only on the site. */
  id: string;
  state: GoodState;
  label: string;
  pos: PosSummary | null;
  shop: ShopSummary | null;
  /** Made by Dongbo (else linked by hand or by SKU); null without a link. */
  created_here: boolean | null;
  causes: Said[];
}

export interface GoodCounts {
  all: number; linked: number; new: number; 'pos-only': number; 'site-only': number;
  paused: number; excluded: number; ambiguous: number; failed: number;
}

export type Policy = 'always' | 'on-create' | 'never' | 'site-owns' | '';

/** One field, and who decided it (H4). */
export interface WhyField {
  field: string;
  /** The field's name for people. */
  label: string;
  /** What the POS asks for, in the shop's form. */
  pos: string;
  /** What the shop holds. */
  shop: string;
  /** Both values at the last write; null when nothing is remembered. */
  last: { pos: string; shop: string } | null;
  policy: Policy;
  /** `in-step`, `baseline`, `write`, `keep`, `push`, `drift`, `review`, `refused`. */
  decision: string;
  decision_words: string;
  /** What the next run would write; null when nothing. */
  after: string | null;
  /** The rule that decided. */
  reason: Said;
}

/** A rule about the good as a whole: `kind`, `unit`, `selection`, `matching`, `link`, `standing`, `operation`, `issue`. */
export interface WhyStep { topic: string; said: Said }

export interface Why {
  id: string;
  label: string;
  shop_id: number | null;
  /** `create`, `update`, `link`, `convert`, `unlink`, `skip`, `review`. */
  operation: string;
  steps: WhyStep[];
  fields: WhyField[];
  /** The product over a variation, when the good is one. */
  family: { id: string; label: string; shop_id: number | null; operation: string; fields: WhyField[] } | null;
  rules: string;
}

export interface GoodDetail {
  good: GoodRow;
  why: Why | null;
  issues: Issue[];
  history: HistoryEntry[];
}

export type GoodAction = 'pause' | 'resume' | 'exclude' | 'include' | 'link' | 'unlink' | 'sync' | 'take-back';

export interface GoodDone {
  id: string;
  action: GoodAction;
  good: GoodRow | null;
  /** The run that carries it out, when one was started. */
  run: number | null;
}

/** What a good may be linked with, where an SKU is ambiguous: everything on either side that has it. */
export interface Candidates { products: ShopSummary[]; goods: GoodRow[] }

export interface BulkDone {
  done: number;
  refused: { id: string; label: string; cause: Said }[];
  run: number | null;
}

// ——— Drift ——————————————————————————————————————————————————————————————————————————————————————

export type DriftCause = 'pos-changed' | 'order-pending' | 'site-edited' | 'cancelled-one-side' | 'both-changed' | 'not-taken' | 'missing';

export interface DriftItem {
  id: string;
  shop_id: number | null;
  label: string;
  field: string;
  field_label: string;
  pos: string;
  shop: string;
  cause: DriftCause;
  said: Said;
  /** Repairing writes the POS's value. False when only a person can mend it. */
  repairable: boolean;
}

export interface DriftPage {
  items: DriftItem[];
  /** Give it to the next request; null at the end. */
  cursor: string | null;
  /** Goods looked at by this request, and how many there are. */
  looked: number;
  total: number;
}

export interface Repaired {
  repaired: number;
  /** What was not, with the cause. */
  left: { id: string; label: string; cause: Said }[];
  /** With `all`: where to go on; null at the end. */
  cursor: string | null;
}

// ——— Issues, history, holds —————————————————————————————————————————————————————————————————————

export interface Issue {
  id: number;
  item_kind: string;
  item_id: string;
  label: string;
  severity: Severity;
  said: Said;
  source: string;
  first_seen: Ms;
  last_seen: Ms;
  run: number;
  /** The good or product to open, `""` when there is none. */
  good: string;
  edit: string;
  /** Retrying makes sense: the item can be planned again. */
  retryable: boolean;
  /** A list that came back short and was not believed: a person may say that it is right (B8). */
  doubted: boolean;
}

export interface HistoryEntry {
  id: number;
  at: Ms;
  run: number;
  /** Who: a user's name, or `""` for the background. */
  actor: string;
  actor_id: number;
  remote_kind: string;
  remote_id: string;
  shop_id: number;
  label: string;
  field: string;
  field_label: string;
  before: string | null;
  after: string | null;
  said: Said;
  /** Can be undone now. */
  undoable: boolean;
  /** The hold that an undo left, null when there is none. */
  hold: number | null;
}

export interface Hold { id: number; remote_id: string; field: string; field_label: string; pos_value: string; since: Ms; actor_id: number }

// ——— Settings ———————————————————————————————————————————————————————————————————————————————————

export interface Choice { id: string; name: string; parent?: string; active?: boolean; start?: Ms | null; end?: Ms | null; groups?: boolean; sellers?: boolean }

/** What one setting may be: made from the rules, so that a form needs no rule of its own. */
export interface SettingField {
  name: string;
  /** The page it stands on: `branches`, `goods`, `fields`, `prices`, `stock`, `orders`, `status`, `customers`, `runs`, `shell`. */
  group: string;
  /** `flag`, `number`, `quantity` (thousandths), `choice`, `id`, `ids`, `text`, `rows` (a list of records). */
  kind: string;
  /** For `choice`: the values allowed. */
  values: string[];
  min: number | null;
  max: number | null;
  /** Which list of {@link Settings.choices} `id` and `ids` are from, `""` for none. */
  list: string;
  /** For `rows`: what each column of a record may be. */
  columns: SettingField[];
  /** The numbers of product.md it stands for, as a search word. */
  numbers: string;
}

export interface SettingTrouble { field: string; said: Said }

export interface Settings {
  revision: number;
  /** Every setting with its value; nested records as in the rules (`policies`, `selection`). */
  values: Record<string, unknown>;
  defaults: Record<string, unknown>;
  /** Names of the settings that differ from the default. */
  changed: string[];
  fields: SettingField[];
  choices: {
    branches: Choice[]; books: Choice[]; categories: Choice[]; terms: Choice[];
    tax_classes: Choice[]; roles: Choice[]; order_statuses: Choice[]; payment_methods: Choice[];
    channels: Choice[]; sellers: Choice[]; accounts: Choice[]; groups: Choice[]; places: Choice[];
  };
  /** What in the stored settings no longer fits what the POS has (a branch that was closed …). */
  troubles: SettingTrouble[];
}

/** What somebody who helps needs to see: no secret, no person, no name of a good. */
export interface SupportFile {
  dongbo: 'support';
  version: number;
  made: Ms;
  versions: Record<string, unknown>;
  checks: { name: string; state: 'good' | 'warn' | 'bad'; said: string; remedy: string }[];
  connection: { pos: string; state: string; code: string; created: Ms } | null;
  settings: Record<string, unknown>;
  counts: Record<string, unknown>;
  issues: { code: string; severity: Severity; count: number }[];
  runs: Record<string, unknown>[];
  webhooks: Record<string, unknown>;
  budget: Record<string, unknown>;
  cron: Record<string, unknown>;
  days: Record<string, unknown>[];
  tables: Record<string, number>;
  plugins: string[];
}

export interface SettingsFile { dongbo: 'settings'; version: number; rules: string; settings: Record<string, unknown> }

// ——— Links ——————————————————————————————————————————————————————————————————————————————————————

export type LinkDeed = 'link' | 'move' | 'state' | 'unlink' | 'keep' | 'refuse';

/** What a line of a list of links does, or would do. */
export interface LinkLine {
  line: number;
  deed: LinkDeed;
  /** The good's id, its label, the product's id (0 when it could not be told) and name, the link's state afterwards. */
  good: string; label: string; shop_id: number; product: string; state: string;
  said: Said;
}

export interface LinkDeeds { link: number; move: number; state: number; unlink: number; keep: number; refuse: number }

export interface LinksImported {
  /** Why the whole file cannot be read. */
  refused: Said | null;
  lines: LinkLine[];
  counts: LinkDeeds;
  /** Lines of the whole file that could be read. */
  total: number;
  next: number | null;
}

// ——— Moving over from KiotViet Sync —————————————————————————————————————————————————————————————

/** `present`: its tables are there; `active`: the plugin works on this site, so Dongbo waits. Then how many rows it has. */
export interface MovingStatus { present: boolean; active: boolean; shop: string; products: number; orders: number; categories: number }

/** `good`, `label` of an order: the POS order's id and code, `shop_id` the site's order; of a category: the term. */
export interface MovingPage { lines: LinkLine[]; counts: LinkDeeds; next: number | null }

// ——— Connection —————————————————————————————————————————————————————————————————————————————————

/** `field`: beside which field the cause belongs: `address`, `client_id`, `secret` or `""`. */
export interface Tested { connected: boolean; field: string; cause: Said | null; shop: string; branches: Choice[] }

export interface DisconnectPlan {
  links: number;
  /** Products made by Dongbo, which may go to the trash. */
  created_products: number;
  /** Empty with the options given. */
  created_categories: number;
  webhooks: number;
  /** What stays although its kind was asked for. */
  staying: { said: Said; count: number }[];
  /** Not dry and false: there was no time for all; ask again with the same options. */
  done: boolean;
}

// ——— Preview ————————————————————————————————————————————————————————————————————————————————————

export interface PreviewChunk {
  rules_version: string;
  made: Ms;
  settings_revision: number;
  /** A `GoodsInput` record (src/plan/goods.rs): give it to `plan_goods` as it is. */
  input: Record<string, unknown>;
  /** Families whose input is what it was when they were last in step are left out. */
  families: number;
  goods: number;
  total: number;
  cursor: string | null;
}

/** `input`: a `CategoriesInput` record (src/plan/category_operation.rs) for `plan_categories`. */
export interface PreviewCategories { rules_version: string; input: Record<string, unknown> }

export interface PreviewApplied {
  applied: { family: string; hash: string }[];
  /** Plans that are no longer what was accepted, planned anew: to be shown again. */
  changed: { family: string; hash: string; plan: Record<string, unknown> }[];
  failed: { family: string; cause: Said }[];
}

// ——— Pre-flight —————————————————————————————————————————————————————————————————————————————————

export interface Finding {
  id: number;
  severity: Severity;
  said: Said;
  item_kind: string;
  item_id: string;
  label: string;
  shop_id: number;
  edit: string;
}

export interface Preflight {
  /** Null before the first. */
  run: { state: 'running' | 'done'; started: Ms; ended: Ms | null; done: number; total: number } | null;
  counts: { code: string; said: Said; severity: Severity; count: number }[];
  findings: Finding[];
}

// ——— Orders ————————————————————————————————————————————————————————————————————————————————————

/** `waiting`: recorded or under way. `left`: there was nothing to do, the cause says why. */
export type OrderState = 'waiting' | 'sent' | 'failed' | 'review' | 'ignored' | 'left';

export type PushState = 'waiting' | 'pushed' | 'linked' | 'updated' | 'in-step' | 'failed' | 'refused';

/** How one product or variation ended. */
export interface PushedRow { id: number; state: PushState; pos_code: string; cause: Said | null }

/** A product on its way to the POS. */
export interface PushedProduct {
  id: number;
  name: string;
  state: PushState;
  cause: Said | null;
  rows: PushedRow[];
  /** When a failed one is tried again by itself. */
  next_try: Ms | null;
  changed: Ms;
}

/** What sending would do with a product or variation. */
export interface PushPreviewRow {
  product_id: number;
  shop_id: number;
  label: string;
  turn: 'create' | 'link' | 'update' | 'in-step' | 'refuse';
  remote_id: string;
  sends: { name: string; value: string }[];
  cause: Said | null;
}

/** `next`: what to ask for after; null when that was all. */
export interface PushPreview { rows: PushPreviewRow[]; next: number | null }

export interface OrderRow {
  id: number;
  /** The number people know it by. */
  number: string;
  /** Its code in the POS, `""` while it has none. */
  pos_code: string;
  customer: string;
  total: string;
  pos_total: string;
  state: OrderState;
  /** Why it waits, failed or was left. */
  cause: Said | null;
  tries: number;
  changed: Ms;
  edit: string;
}

export interface OrderLine { label: string; good: string; quantity: string; price: string; linked: boolean }

export interface OrderDetail {
  order: OrderRow;
  /** The body that was sent last, as the POS was given it; null before. */
  sent: unknown;
  /** As it would be sent now; lines that are not linked with a good come last. */
  lines: OrderLine[];
  /** Why it would not be sent now. */
  reasons: Said[];
}

export type CustomerState = 'linked' | 'pos' | 'site';

export interface CustomerRow {
  /** The site's user, 0 for none. */
  user: number;
  name: string;
  email: string;
  /** `""` where the POS has none. */
  pos_id: string;
  pos_code: string;
  pos_name: string;
  phone: string;
  state: CustomerState;
  /** What a person should look at. */
  cause: Said | null;
}

// ——— Routes —————————————————————————————————————————————————————————————————————————————————————

export interface ListQuery { page?: number; per_page?: number; search?: string }

/** Method and path → what is given (query or JSON body) and what comes back. */
export interface Routes {
  'GET /status': { given: {}; answer: Status };

  'GET /runs': { given: { page?: number; per_page?: number; lane?: string }; answer: Run[] };
  'POST /runs': { given: { kind: 'full' | 'goods' | 'prices' | 'stock' | 'categories' | 'delta' | 'named' | 'read' | 'orders' | 'customers'; ids?: string[] }; answer: Run };
  'GET /runs/{id}': { given: {}; answer: Run };
  'POST /runs/{id}/pause': { given: {}; answer: Run };
  'POST /runs/{id}/resume': { given: {}; answer: Run };
  'POST /runs/{id}/cancel': { given: {}; answer: Run };
  'POST /runs/{id}/accept': { given: {}; answer: Run };

  'GET /goods': { given: { page?: number; per_page?: number; search?: string; state?: GoodState | ''; category?: string; origin?: 'created' | 'linked' | '' }; answer: GoodRow[] };
  'GET /goods/counts': { given: {}; answer: GoodCounts };
  'GET /goods/{id}': { given: {}; answer: GoodDetail };
  'GET /goods/{id}/why': { given: {}; answer: Why };
  'GET /goods/{id}/candidates': { given: {}; answer: Candidates };
  'POST /goods/{id}/pause': { given: {}; answer: GoodDone };
  'POST /goods/{id}/resume': { given: {}; answer: GoodDone };
  'POST /goods/{id}/exclude': { given: {}; answer: GoodDone };
  'POST /goods/{id}/include': { given: {}; answer: GoodDone };
  'POST /goods/{id}/link': { given: { shop_id: number; move?: boolean }; answer: GoodDone };
  'POST /goods/{id}/unlink': { given: {}; answer: GoodDone };
  'POST /goods/{id}/sync': { given: {}; answer: GoodDone };
  'POST /goods/{id}/take-back': { given: {}; answer: GoodDone };
  'POST /goods/bulk': { given: { action: 'pause' | 'resume' | 'exclude' | 'include' | 'unlink' | 'sync' | 'take-back'; ids?: string[]; filter?: { search?: string; state?: GoodState | ''; category?: string } }; answer: BulkDone };

  /** The CSV itself, `text/csv`; no JSON. */
  'GET /links/export': { given: {}; answer: string };
  /** `dry`: only tells. In parts: ask again with `from` = `next` until that is null. `move`: a linked good may be moved. */
  'POST /links/import': { given: { csv: string; dry?: boolean; move?: boolean; from?: number }; answer: LinksImported };

  'GET /moving': { given: {}; answer: MovingStatus };
  'GET /moving/proposal': { given: { part: 'goods' | 'orders' | 'categories'; after?: number }; answer: MovingPage };
  /** In parts: ask again with `after` = `next` until that is null. Without `rows`: all that can be linked. */
  'POST /moving/accept': { given: { part: 'goods' | 'orders' | 'categories'; after?: number; rows?: number[] }; answer: MovingPage };

  'GET /drift': { given: { cursor?: string; limit?: number }; answer: DriftPage };
  'POST /drift/repair': { given: { ids?: string[]; all?: boolean; cursor?: string }; answer: Repaired };

  'GET /issues': { given: { page?: number; per_page?: number; search?: string; severity?: Severity | ''; code?: string }; answer: Issue[] };
  'GET /issues/counts': { given: {}; answer: { code: string; said: Said; severity: Severity; count: number }[] };
  'POST /issues/{id}/retry': { given: {}; answer: { id: number; run: number | null } };
  'POST /issues/{id}/dismiss': { given: {}; answer: { id: number } };

  'GET /history': { given: { page?: number; per_page?: number; search?: string; field?: string; good?: string; shop_id?: number; run?: number; from?: Ms; to?: Ms }; answer: HistoryEntry[] };
  /** The CSV itself, `text/csv`, with the same filters; no JSON. */
  'GET /history/export': { given: { search?: string; field?: string; from?: Ms; to?: Ms }; answer: string };
  'POST /history/{id}/undo': { given: {}; answer: HistoryEntry };
  'GET /holds': { given: { page?: number; per_page?: number }; answer: Hold[] };
  'POST /holds/{id}/release': { given: {}; answer: { id: number } };

  'GET /settings': { given: {}; answer: Settings };
  /** Only what is to change; null brings a setting back to its default. Another match key on a shop with links is refused with what it would do (`match-key-live`) unless `confirm`. */
  'PUT /settings': { given: { values: Record<string, unknown>; revision?: number; confirm?: boolean }; answer: Settings };
  'POST /settings/check': { given: { values: Record<string, unknown> }; answer: { values: Record<string, unknown>; troubles: SettingTrouble[] } };
  'GET /settings/export': { given: {}; answer: SettingsFile };
  'GET /support': { given: {}; answer: SupportFile };
  'POST /settings/import': { given: { file: SettingsFile }; answer: Settings };

  'POST /connection/test': { given: { address: string; client_id?: string; client_secret?: string }; answer: Tested };
  'POST /connection/connect': { given: { address: string; client_id?: string; client_secret?: string }; answer: Tested };
  'POST /connection/disconnect': { given: { dry?: boolean; forget_links?: boolean; trash_products?: boolean; remove_categories?: boolean }; answer: DisconnectPlan };
  'POST /connection/confirm-site': { given: {}; answer: Status };

  'GET /preview/categories': { given: {}; answer: PreviewCategories };
  'GET /preview/chunk': { given: { cursor?: string; limit?: number; all?: boolean }; answer: PreviewChunk };
  'POST /preview/apply': { given: { rules_version: string; made: Ms; families: { family: string; hash: string }[] }; answer: PreviewApplied };

  'GET /preflight': { given: { page?: number; per_page?: number; code?: string }; answer: Preflight };
  /** Starts it, or goes on with the open one for a few seconds. Ask again until `state` is `done`. */
  'POST /preflight/run': { given: { again?: boolean }; answer: Preflight };
  /** The CSV itself, `text/csv`; no JSON. */
  'GET /preflight/export': { given: {}; answer: string };

  // Issue 4:
  'GET /orders': { given: { page?: number; per_page?: number; search?: string; state?: OrderState | '' }; answer: OrderRow[] };
  'GET /orders/{id}': { given: {}; answer: OrderDetail };
  'POST /orders/bulk': { given: { action: 'send' | 'retry' | 'ignore'; ids?: number[]; all_failed?: boolean }; answer: { done: number } };
  'POST /orders/{id}/send': { given: {}; answer: OrderRow };
  'POST /orders/{id}/retry': { given: {}; answer: OrderRow };
  'POST /orders/{id}/ignore': { given: {}; answer: OrderRow };

  'GET /customers': { given: { page?: number; per_page?: number; search?: string; state?: CustomerState }; answer: CustomerRow[] };
  /** Whatever the start date and the switch say: a person asked. */
  'POST /customers/send': { given: { ids: number[] }; answer: { done: number } };
  /** An account and a customer of the POS are one person. */
  'POST /customers/link': { given: { user: number; customer: string }; answer: { user: number; customer: string } };

  // Issue 5:
  'GET /push': { given: { page?: number; per_page?: number; search?: string; state?: PushState | '' }; answer: PushedProduct[] };
  /** Without ids: of what could be sent, the next after an id. Nothing is written. */
  'GET /push/preview': { given: { ids?: number[]; after?: number }; answer: PushPreview };
  'POST /push': { given: { ids?: number[]; all?: boolean }; answer: { marked: number } };
}
