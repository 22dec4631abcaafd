// Counts what is written to the shop's database, by table, as the database itself logs it.

/** Every writing statement while `work` runs: `{ table: count }`. */
export async function writesDuring(shop, work) {
  await shop.sql("SET GLOBAL log_output='TABLE'; TRUNCATE mysql.general_log; SET GLOBAL general_log=1");
  try {
    await work();
  } finally {
    await shop.sql('SET GLOBAL general_log=0');
  }
  const log = await shop.sql(`SELECT CONVERT(LEFT(REGEXP_REPLACE(argument, '\\\\s+', ' '), 300) USING utf8mb4) FROM mysql.general_log
    WHERE command_type IN ('Query','Execute') AND argument REGEXP '^[[:space:]]*(INSERT|UPDATE|DELETE|REPLACE|ALTER|CREATE|DROP|TRUNCATE)'`);
  const counts = {};
  for (const line of log.split('\n')) {
    const found = /^\s*(?:INSERT(?: IGNORE)? INTO|UPDATE|DELETE(?: \w+)? FROM|REPLACE INTO|ALTER TABLE|CREATE(?: TEMPORARY)? TABLE|DROP TABLE|TRUNCATE(?: TABLE)?)\s+`?(\w+)`?/i.exec(line);
    if (found) counts[found[1]] = (counts[found[1]] ?? 0) + 1;
  }
  return counts;
}

/** Tables whose writes are Dongbo's own bookkeeping or WordPress's scheduling, never goods. */
export const bookkeeping = /_(dongbo_(run|run_seen|lease|connection|log|api_call|breaker|list_read|checkpoint|touched|marked|inbox|hearing|webhook)|actionscheduler_\w+|options)$/;

/** The part of the counts that "nothing changed" forbids. */
export const forbidden = (counts) => Object.fromEntries(Object.entries(counts).filter(([table]) => !bookkeeping.test(table)));
