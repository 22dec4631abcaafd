//! Rows of `Data` for goods and stock (§9.4): PascalCase with the strays.

use std::borrow::Cow;

use super::content::Item;
use super::event::Event;
use crate::api::{modified_with_stock, stock_of};
use crate::catalogue::{Catalogue, Inventory, Overrides, Product};
use crate::index::Index;
use crate::number::Number;
use crate::switches::Switches;
use crate::wire::{text, Row};

/// Writes events down as the shop is at this moment.
pub struct Writer<'a> {
    /// The shop.
    pub shop: &'a Catalogue,
    /// Look-ups.
    pub index: &'a Index,
    /// Readings in force.
    pub switches: &'a Switches,
    /// Further units tell of their base row's movements too.
    pub unit_stock: bool,
}

impl Writer<'_> {
    /// The rows that tell of an event; none when what it names has gone meanwhile.
    pub fn items(&self, event: &Event) -> Vec<Item> {
        let kind = event.kind();
        let rows = match event {
            Event::Product(id) => self.product(*id).map(|product| self.product_row(product)),
            Event::Stock { product, branch } => {
                return self
                    .stock_rows(*product, *branch)
                    .into_iter()
                    .map(|json| Item { kind, json })
                    .collect()
            }
            Event::ProductsGone(ids) | Event::CustomersGone(ids) => {
                let items = ids.iter().map(|id| Item {
                    kind,
                    json: id.to_string(),
                });
                return items.collect();
            }
            Event::BookGone(id) | Event::CategoryGone(id) | Event::BranchGone(id) => {
                Some(id.to_string())
            }
            Event::Book(id) => self.book_row(*id),
            Event::Price { book, product } => self.price_row(*book, *product),
            Event::PricesGone { book, products } => Some(super::shop_rows::gone(*book, products)),
            Event::Category(id) => self.category_row(*id),
            Event::Branch(id) => self.branch_row(*id),
            Event::Order(id) => self.order_row(*id),
            Event::Invoice(id) => self.invoice_row(*id),
            Event::Customer(id) => self.customer_row(*id),
        };
        rows.map(|json| Item { kind, json }).into_iter().collect()
    }

    fn product(&self, id: i64) -> Option<&Product> {
        self.shop.products.get(self.index.product(id)?)
    }

    fn product_row(&self, product: &Product) -> String {
        let category = self
            .index
            .category(product.category_id)
            .and_then(|position| self.shop.categories.get(position));
        let master_key = self.master_key();
        let with_point = product.id % 2 == 0;
        let mut row = Row::new();
        row.int("Id", product.id)
            .text("Code", &product.code)
            .text("Name", &product.name)
            .text("FullName", &product.shown_name())
            .int("CategoryId", product.category_id)
            .text_if(
                "CategoryName",
                category.map(|category| category.category_name.as_str()),
            )
            .int_if(master_key, product.master_product_id)
            .flag("AllowsSale", product.allows_sale)
            .flag("HasVariants", product.shows_variants())
            .number("BasePrice", product.base_price, with_point);
        if let Some(weight) = product.weight {
            let kilograms = self.switches.reading(13) == 'B';
            let ratio = if kilograms { 1000.0 } else { 1.0 };
            row.number("Weight", Number(weight.0 / ratio), false);
        }
        row.text_if("Unit", product.unit.as_deref())
            .int_if("MasterUnitId", product.master_unit_id)
            .number("ConversionValue", product.conversion_value, false)
            .date_if(
                "ModifiedDate",
                modified_with_stock(product, self.switches.reading(53) == 'B'),
            );
        self.product_lists(&mut row, product);
        if self.switches.is_default(44) {
            row.text_if("Description", product.description.as_deref())
                .int("Type", product.kind)
                .flag("isActive", product.is_active);
        }
        let raw = product.raw.as_deref();
        let raw = raw.map(|raw| {
            pascal(raw, |key| match key {
                "masterProductId" => Some(master_key),
                "isActive" => Some("isActive"),
                _ => None,
            })
        });
        row.finish_with(raw.as_ref())
    }

    fn master_key(&self) -> &'static str {
        if self.switches.is_default(43) {
            "MasterProductId"
        } else {
            "masterProductId"
        }
    }

    fn product_lists(&self, row: &mut Row, product: &Product) {
        let attributes = product.attributes.iter().map(|attribute| {
            Row::new()
                .int("ProductId", product.id)
                .text("AttributeName", &attribute.attribute_name)
                .text("AttributeValue", &attribute.attribute_value)
                .finish()
        });
        row.list_if("Attributes", attributes.collect());
        let units = self.index.units(product.id).iter();
        let units = units.filter_map(|position| self.shop.products.get(*position));
        row.list_if("Units", units.map(unit_row).collect());
        let stock = stock_of(self.shop, self.index, self.switches, product);
        let stock = stock
            .iter()
            .map(|stock| self.stock_row(product, stock, self.switches.is_default(44)));
        row.list_if("Inventories", stock.collect());
        row.list_if("PriceBooks", self.price_books(product));
        let images = product.images.iter();
        let images = images.map(|url| match self.switches.reading(14) {
            'B' => Row::new()
                .text("Image", &self.shop.shown_image(url))
                .finish(),
            _ => text(&self.shop.shown_image(url)),
        });
        row.list_if("Images", images.collect());
    }

    fn price_books(&self, product: &Product) -> Vec<String> {
        let rows = self.index.prices(product.id).iter();
        let rows = rows.filter_map(|(book, price)| {
            let book = self.shop.pricebooks.get(*book)?;
            let price = book.prices.get(*price)?;
            let raw = price.raw.as_deref().map(|raw| pascal(raw, |_| None));
            let row = Row::new()
                .int("ProductId", product.id)
                .int("PriceBookId", book.id)
                .text("PriceBookName", &book.name)
                .number("Price", price.price, product.id % 2 == 0)
                .flag("IsActive", book.is_active)
                .date_if("StartDate", book.start_date)
                .date_if("EndDate", book.end_date)
                .finish_with(raw.as_ref());
            Some(row)
        });
        rows.collect()
    }

    fn stock_rows(&self, id: i64, branch_id: i64) -> Vec<String> {
        let units: &[usize] = if self.unit_stock {
            self.index.units(id)
        } else {
            &[]
        };
        let own = self.index.product(id).into_iter();
        let goods = own.chain(units.iter().copied());
        let goods = goods.filter_map(|position| self.shop.products.get(position));
        let rows = goods.filter_map(|product| {
            let stock = stock_of(self.shop, self.index, self.switches, product);
            let stock = stock.iter().find(|stock| stock.branch_id == branch_id)?;
            Some(self.stock_row(product, stock, false))
        });
        rows.collect()
    }

    fn stock_row(&self, product: &Product, stock: &Inventory, with_norm: bool) -> String {
        let with_point = product.id % 5 == 0;
        let mut row = Row::new();
        row.int("ProductId", product.id)
            .text("ProductCode", &product.code)
            .text("ProductName", &product.shown_name())
            .int("BranchId", stock.branch_id)
            .text_if("BranchName", self.branch_name(stock.branch_id))
            .number("Cost", stock.cost, product.id % 2 == 0)
            .number("OnHand", stock.on_hand, with_point)
            .number("Reserved", stock.reserved, with_point);
        if with_norm {
            row.number("MinQuantity", stock.min_quantity, with_point);
        }
        let raw = stock.raw.as_deref().map(|raw| pascal(raw, |_| None));
        row.finish_with(raw.as_ref())
    }

    /// The name of a branch.
    pub fn branch_name(&self, id: i64) -> Option<&str> {
        let branch = self.shop.branches.iter().find(|branch| branch.id == id);
        branch.map(|branch| branch.branch_name.as_str())
    }
}

fn unit_row(unit: &Product) -> String {
    Row::new()
        .int("Id", unit.id)
        .text("Code", &unit.code)
        .text("Name", &unit.name)
        .text("FullName", &unit.shown_name())
        .text_if("Unit", unit.unit.as_deref())
        .number("ConversionValue", unit.conversion_value, false)
        .number("BasePrice", unit.base_price, unit.id % 2 == 0)
        .finish()
}

/// Odd values under the names a webhook gives the fields; `special` knows those that are not just upper-cased.
pub fn pascal(raw: &Overrides, special: impl Fn(&str) -> Option<&'static str>) -> Overrides {
    let name = |key: &str| -> String {
        let special = special(key).map(Cow::Borrowed);
        special
            .unwrap_or_else(|| Cow::Owned(upper_first(key)))
            .into_owned()
    };
    Overrides {
        row: raw.row.clone(),
        omit: raw.omit.iter().map(|key| name(key)).collect(),
        text: raw
            .text
            .iter()
            .map(|(key, json)| (name(key), json.clone()))
            .collect(),
        fields: raw
            .fields
            .iter()
            .map(|(key, value)| (name(key), value.clone()))
            .collect(),
    }
}

fn upper_first(key: &str) -> String {
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
