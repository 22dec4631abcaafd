//! One good as JSON (§3.3): keys in the order of a captured row.

use super::filter::modified_with_stock;
use super::inventory::{full_row, rows_of};
use crate::catalogue::{Catalogue, PriceBook, PriceRow, Product};
use crate::index::Index;
use crate::number::Number;
use crate::query::Query;
use crate::switches::Switches;
use crate::wire::{text, Refusal, Row};

/// The include flags of a call.
pub struct Includes {
    inventory: bool,
    price_books: bool,
    norms: bool,
    materials: bool,
    serials: bool,
    batches: bool,
    warranties: bool,
    shelves: bool,
    deleted_attributes: bool,
    /// Stock of these branches only; empty = all.
    branches: Vec<i64>,
    stock_key: &'static str,
}

impl Includes {
    /// Reads the flags of a list call.
    ///
    /// # Errors
    /// 400 for an unreadable value.
    pub fn read(query: &Query, switches: &Switches) -> Result<Self, Refusal> {
        Ok(Self {
            inventory: query.flag("includeInventory")?,
            price_books: query.flag("includePricebook")?,
            norms: query.flag("includeQuantity")?,
            materials: query.flag("includeMaterial")?,
            serials: query.flag("IncludeSerials")?,
            batches: query.flag("IncludeBatchExpires")?,
            warranties: query.flag("includeWarranties")?,
            shelves: query.flag("IncludeProductShelves")?,
            deleted_attributes: query
                .flag_if("includeSoftDeletedAttribute")?
                .unwrap_or(true),
            branches: query.ids("BranchIds", switches)?,
            stock_key: "inventories",
        })
    }

    /// A detail shows everything; only soft-deleted attributes can be left out.
    ///
    /// # Errors
    /// 400 for an unreadable value.
    pub fn everything(query: &Query) -> Result<Self, Refusal> {
        Ok(Self {
            inventory: true,
            price_books: true,
            norms: true,
            materials: true,
            serials: true,
            batches: true,
            warranties: true,
            shelves: true,
            deleted_attributes: query
                .flag_if("includeSoftDeletedAttribute")?
                .unwrap_or(true),
            branches: Vec::new(),
            stock_key: "inventories",
        })
    }

    /// The answer to an update may call the stock otherwise (UNSURE-22).
    pub fn with_stock_as(self, stock_key: &'static str) -> Self {
        Self { stock_key, ..self }
    }
}

/// Writes goods.
pub struct Writer<'a> {
    /// The shop.
    pub shop: &'a Catalogue,
    /// Look-ups.
    pub index: &'a Index,
    /// Readings in force.
    pub switches: &'a Switches,
    /// What the call asked for.
    pub includes: &'a Includes,
}

impl Writer<'_> {
    /// The row.
    pub fn row(&self, product: &Product) -> String {
        let mut row = Row::new();
        self.head(&mut row, product);
        self.family(&mut row, product);
        self.flags(&mut row, product);
        self.lists(&mut row, product);
        self.extras(&mut row, product);
        row.finish_with(product.raw.as_deref())
    }

    fn head(&self, row: &mut Row, product: &Product) {
        let category = self
            .index
            .category(product.category_id)
            .and_then(|position| self.shop.categories.get(position));
        let brand = self
            .shop
            .trade_marks
            .iter()
            .find(|brand| Some(brand.trade_mark_id) == product.trade_mark_id);
        row.date_if("createdDate", product.created_date)
            .text_if("taxType", product.tax_type.as_deref());
        row.text_if("taxRate", product.tax_rate.as_deref());
        if let Some(rate) = product.tax_rate_direct {
            row.number("taxRateDirect", rate, false);
        }
        row.int("id", product.id)
            .int("retailerId", self.shop.shop.retailer_id)
            .text("code", &product.code)
            .text_if("barCode", product.bar_code.as_deref())
            .text("name", &product.name)
            .text("fullName", &product.shown_name())
            .int("categoryId", product.category_id)
            .text_if(
                "categoryName",
                category.map(|category| category.category_name.as_str()),
            )
            .int_if("tradeMarkId", product.trade_mark_id)
            .text_if(
                "tradeMarkName",
                brand.map(|brand| brand.trade_mark_name.as_str()),
            )
            .flag("allowsSale", product.allows_sale)
            .int("type", product.kind)
            .flag("hasVariants", product.shows_variants())
            .number("basePrice", product.base_price, product.id % 2 == 0);
        if let Some(weight) = product.weight {
            let shown = if self.switches.reading(13) == 'B' {
                Number(weight.0 / 1000.0)
            } else {
                weight
            };
            row.number("weight", shown, false);
        }
    }

    fn family(&self, row: &mut Row, product: &Product) {
        row.text_if("unit", product.unit.as_deref())
            .int_if("masterProductId", product.master_product_id)
            .int_if("masterUnitId", product.master_unit_id)
            .number("conversionValue", product.conversion_value, false);
        let units = self
            .index
            .units(product.id)
            .iter()
            .filter_map(|position| self.shop.products.get(*position));
        let units = units.map(|unit| {
            Row::new()
                .int("id", unit.id)
                .text("code", &unit.code)
                .text("name", &unit.name)
                .text("fullName", &unit.shown_name())
                .text_if("unit", unit.unit.as_deref())
                .number("conversionValue", unit.conversion_value, false)
                .number("basePrice", unit.base_price, unit.id % 2 == 0)
                .finish()
        });
        row.list_if("units", units.collect());
    }

    fn flags(&self, row: &mut Row, product: &Product) {
        let stock_counts = self.switches.reading(53) == 'B';
        row.text_if("description", product.description.as_deref())
            .date_if("modifiedDate", modified_with_stock(product, stock_counts))
            .flag("isActive", product.is_active)
            .flag("isRewardPoint", product.is_reward_point)
            .text_if("orderTemplate", product.order_template.as_deref());
        if product.is_lot_serial_control {
            row.flag("isLotSerialControl", true);
        }
        if product.is_batch_expire_control {
            row.flag("isBatchExpireControl", true);
        }
        if self.includes.norms {
            row.number(
                "minQuantity",
                product.min_quantity.unwrap_or_default(),
                false,
            )
            .number(
                "maxQuantity",
                product.max_quantity.unwrap_or_default(),
                false,
            );
        }
    }

    fn lists(&self, row: &mut Row, product: &Product) {
        let shown = product
            .attributes
            .iter()
            .filter(|attribute| self.includes.deleted_attributes || !attribute.deleted);
        let attributes = shown.map(|attribute| {
            Row::new()
                .int("productId", product.id)
                .text("attributeName", &attribute.attribute_name)
                .text("attributeValue", &attribute.attribute_value)
                .finish()
        });
        row.list_if("attributes", attributes.collect());
        if self.includes.inventory {
            let wanted = |branch: i64| {
                self.includes.branches.is_empty() || self.includes.branches.contains(&branch)
            };
            let stock = rows_of(self.shop, self.index, self.switches, product);
            let stock = stock.iter().filter(|stock| wanted(stock.branch_id));
            row.list_if(
                self.includes.stock_key,
                stock
                    .map(|stock| full_row(self.shop, self.switches, product.id, stock))
                    .collect(),
            );
        }
        if self.includes.price_books {
            row.list_if("priceBooks", self.price_books(product));
        }
        let images = product
            .images
            .iter()
            .map(|url| match self.switches.reading(14) {
                'B' => Row::new()
                    .text("Image", &self.shop.shown_image(url))
                    .finish(),
                _ => text(&self.shop.shown_image(url)),
            });
        row.list_if("images", images.collect());
    }

    fn price_books(&self, product: &Product) -> Vec<String> {
        let prices = self
            .index
            .prices(product.id)
            .iter()
            .filter_map(|(book, price)| {
                let book = self.shop.pricebooks.get(*book)?;
                Some((book, book.prices.get(*price)?))
            });
        let mut rows: Vec<String> = prices
            .map(|(book, price)| price_row(product, book, price))
            .collect();
        if self.switches.reading(17) == 'B' {
            let general = Row::new()
                .int("priceBookId", 0)
                .text("priceBookName", "Bảng giá chung")
                .int("productId", product.id)
                .flag("isActive", true)
                .number("price", product.base_price, product.id % 2 == 0)
                .finish();
            rows.insert(0, general);
        }
        rows
    }

    fn extras(&self, row: &mut Row, product: &Product) {
        let includes = self.includes;
        if includes.materials {
            row.list_if(
                "productFormulas",
                product
                    .formulas
                    .iter()
                    .map(|part| self.formula(product, part))
                    .collect(),
            );
        }
        if includes.serials {
            row.list_if(
                "productSerials",
                product
                    .serials
                    .iter()
                    .map(|serial| serial_row(product, serial))
                    .collect(),
            );
        }
        if includes.batches {
            row.list_if(
                "productBatchExpires",
                product
                    .batches
                    .iter()
                    .map(|batch| batch_row(product, batch))
                    .collect(),
            );
        }
        if includes.warranties {
            let rows = product.warranties.iter().map(|warranty| {
                Row::new()
                    .int("Id", warranty.id)
                    .text("description", &warranty.description)
                    .int("numberTime", warranty.number_time)
                    .int("timeType", warranty.time_type)
                    .int("warrantyType", warranty.warranty_type)
                    .int("productId", product.id)
                    .int("retailerId", self.shop.shop.retailer_id)
                    .date_if("createdDate", product.created_date)
                    .finish()
            });
            row.list_if("productWarranties", rows.collect());
        }
        if includes.shelves {
            let rows = product.shelves.iter().map(|shelf| {
                let branch = self
                    .shop
                    .branches
                    .iter()
                    .find(|branch| branch.id == shelf.branch_id);
                Row::new()
                    .int("branchId", shelf.branch_id)
                    .text_if(
                        "branchName",
                        branch.map(|branch| branch.branch_name.as_str()),
                    )
                    .text("ProductShelves", &shelf.positions.join("|"))
                    .finish()
            });
            row.list_if("productShelves", rows.collect());
        }
    }

    fn formula(&self, combo: &Product, part: &crate::catalogue::Formula) -> String {
        let material = self
            .index
            .product(part.material_id)
            .and_then(|position| self.shop.products.get(position));
        let mut row = Row::new();
        row.int("materialId", part.material_id);
        if let Some(material) = material {
            row.text("materialCode", &material.code)
                .text("materialFullName", &material.shown_name())
                .text("materialName", &material.name);
        }
        row.number("quantity", part.quantity, false);
        if let Some(material) = material {
            row.number("basePrice", material.base_price, material.id % 2 == 0);
        }
        row.int("productId", combo.id).finish()
    }
}

fn price_row(product: &Product, book: &PriceBook, price: &PriceRow) -> String {
    Row::new()
        .int("priceBookId", book.id)
        .text("priceBookName", &book.name)
        .int("productId", product.id)
        .flag("isActive", book.is_active)
        .date_if("startDate", book.start_date)
        .date_if("endDate", book.end_date)
        .number("price", price.price, product.id % 2 == 0)
        .finish_with(price.raw.as_deref())
}

fn serial_row(product: &Product, serial: &crate::catalogue::Serial) -> String {
    Row::new()
        .int("productId", product.id)
        .text("serialNumber", &serial.serial_number)
        .int("status", serial.status)
        .int("branchId", serial.branch_id)
        .int("quantity", 1)
        .date_if("createdDate", product.created_date)
        .finish()
}

fn batch_row(product: &Product, batch: &crate::catalogue::Batch) -> String {
    let day: String = batch.expire_date.entity().chars().take(10).collect();
    Row::new()
        .int("productId", product.id)
        .number("onHand", batch.on_hand, false)
        .text("batchName", &batch.batch_name)
        .date_if("expireDate", Some(batch.expire_date))
        .text("fullNameVirgule", &format!("{} - {day}", batch.batch_name))
        .int("branchId", batch.branch_id)
        .finish()
}
