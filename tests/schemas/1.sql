CREATE TABLE `wp_dongbo_category_link` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `remote_id` varchar(40) NOT NULL,
  `term_id` bigint(20) unsigned NOT NULL,
  `name` varchar(255) NOT NULL DEFAULT '',
  `parent` bigint(20) unsigned NOT NULL DEFAULT 0,
  `term_gone` tinyint(4) NOT NULL DEFAULT 0,
  `created_here` tinyint(4) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `remote` (`connection_id`,`remote_id`),
  UNIQUE KEY `term` (`connection_id`,`term_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_connection` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `pos` varchar(60) NOT NULL,
  `shop` varchar(191) NOT NULL DEFAULT '',
  `client_id` varchar(191) NOT NULL DEFAULT '',
  `secret` text DEFAULT NULL,
  `token` text DEFAULT NULL,
  `token_obtained` bigint(20) NOT NULL DEFAULT 0,
  `token_expires` bigint(20) NOT NULL DEFAULT 0,
  `settings` longtext DEFAULT NULL,
  `settings_revision` int(10) unsigned NOT NULL DEFAULT 0,
  `state` varchar(20) NOT NULL DEFAULT 'new',
  `state_code` varchar(60) NOT NULL DEFAULT '',
  `home_mark` char(64) NOT NULL DEFAULT '',
  `created` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_family` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `family_key` varchar(40) NOT NULL,
  `digest` char(32) NOT NULL DEFAULT '',
  `due` bigint(20) DEFAULT NULL,
  `planned` bigint(20) NOT NULL DEFAULT 0,
  `rules_version` varchar(20) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `family` (`connection_id`,`family_key`),
  KEY `due` (`connection_id`,`due`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_good` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `remote_id` varchar(40) NOT NULL,
  `family_key` varchar(40) NOT NULL,
  `sku_key` varchar(191) NOT NULL DEFAULT '',
  `digest` char(32) NOT NULL DEFAULT '',
  `row` mediumtext NOT NULL,
  `description` longtext DEFAULT NULL,
  `description_hash` char(32) NOT NULL DEFAULT '',
  `stocks` text DEFAULT NULL,
  `stock_as_of` bigint(20) NOT NULL DEFAULT 0,
  `as_of` bigint(20) NOT NULL DEFAULT 0,
  `reader_version` varchar(20) NOT NULL DEFAULT '',
  PRIMARY KEY (`id`),
  UNIQUE KEY `remote` (`connection_id`,`remote_id`),
  KEY `family` (`connection_id`,`family_key`),
  KEY `sku` (`connection_id`,`sku_key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_history` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `run_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `at` bigint(20) NOT NULL DEFAULT 0,
  `actor` bigint(20) unsigned NOT NULL DEFAULT 0,
  `remote_kind` varchar(10) NOT NULL,
  `remote_id` varchar(80) NOT NULL,
  `shop_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  `label` varchar(255) NOT NULL DEFAULT '',
  `field` varchar(30) NOT NULL,
  `before_value` text DEFAULT NULL,
  `after_value` text DEFAULT NULL,
  `reason` varchar(60) NOT NULL,
  `params` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `at` (`connection_id`,`at`),
  KEY `remote` (`connection_id`,`remote_id`),
  KEY `shop` (`connection_id`,`shop_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_issue` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `item_kind` varchar(20) NOT NULL,
  `item_id` varchar(80) NOT NULL DEFAULT '',
  `code` varchar(60) NOT NULL,
  `label` varchar(255) NOT NULL DEFAULT '',
  `params` text DEFAULT NULL,
  `severity` varchar(10) NOT NULL,
  `source` varchar(10) NOT NULL DEFAULT 'read',
  `first_seen` bigint(20) NOT NULL DEFAULT 0,
  `last_seen` bigint(20) NOT NULL DEFAULT 0,
  `run_id` bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `item` (`connection_id`,`item_kind`,`item_id`,`code`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_lease` (
  `connection_id` bigint(20) unsigned NOT NULL,
  `lane` varchar(20) NOT NULL,
  `holder` char(32) NOT NULL DEFAULT '',
  `lease_until` bigint(20) NOT NULL DEFAULT 0,
  `fence` bigint(20) unsigned NOT NULL DEFAULT 0,
  PRIMARY KEY (`connection_id`,`lane`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_link` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `kind` varchar(10) NOT NULL,
  `remote_id` varchar(80) NOT NULL,
  `shop_id` bigint(20) unsigned NOT NULL,
  `family` varchar(80) NOT NULL,
  `state` varchar(10) NOT NULL DEFAULT 'active',
  `created_here` tinyint(4) NOT NULL DEFAULT 0,
  `fields` mediumtext DEFAULT NULL,
  `rules_version` varchar(20) NOT NULL DEFAULT '',
  `created` bigint(20) NOT NULL DEFAULT 0,
  `changed` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `remote` (`connection_id`,`kind`,`remote_id`),
  UNIQUE KEY `shop` (`connection_id`,`shop_id`),
  KEY `family` (`connection_id`,`family`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_list_row` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `list` varchar(20) NOT NULL,
  `scope` varchar(40) NOT NULL DEFAULT '',
  `remote_id` varchar(40) NOT NULL,
  `row` text NOT NULL,
  `as_of` bigint(20) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`),
  UNIQUE KEY `place` (`connection_id`,`list`,`scope`,`remote_id`),
  KEY `remote` (`connection_id`,`list`,`remote_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_run` (
  `id` bigint(20) unsigned NOT NULL AUTO_INCREMENT,
  `connection_id` bigint(20) unsigned NOT NULL,
  `lane` varchar(20) NOT NULL,
  `kind` varchar(20) NOT NULL,
  `state` longtext DEFAULT NULL,
  `phase` varchar(40) NOT NULL DEFAULT '',
  `cursor_key` varchar(80) NOT NULL DEFAULT '',
  `done` int(10) unsigned NOT NULL DEFAULT 0,
  `total` int(10) unsigned NOT NULL DEFAULT 0,
  `fence` bigint(20) unsigned NOT NULL DEFAULT 0,
  `started` bigint(20) NOT NULL DEFAULT 0,
  `changed` bigint(20) NOT NULL DEFAULT 0,
  `ended` bigint(20) DEFAULT NULL,
  `wait_until` bigint(20) DEFAULT NULL,
  `outcome` varchar(20) NOT NULL DEFAULT '',
  `summary` text DEFAULT NULL,
  `counters` text DEFAULT NULL,
  PRIMARY KEY (`id`),
  KEY `open` (`connection_id`,`lane`,`ended`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE `wp_dongbo_run_seen` (
  `run_id` bigint(20) unsigned NOT NULL,
  `list` varchar(20) NOT NULL,
  `scope` varchar(40) NOT NULL DEFAULT '',
  `seq` int(10) unsigned NOT NULL,
  `ids` mediumtext NOT NULL,
  PRIMARY KEY (`run_id`,`list`,`scope`,`seq`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
