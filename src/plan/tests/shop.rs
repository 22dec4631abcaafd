//! A shop that does what operations say, as WooCommerce would, and gives the records planning reads.

use crate::goods::sku_key;
use crate::model::*;
use crate::plan::{Change, FamilyInput, FamilyPlan, Operation, OperationKind, Twin};
use crate::text::{decimal, same, thousandths};

#[derive(Clone, Debug, Default)]
pub struct Shop {
    pub products: Vec<ShopProduct>,
    pub links: Vec<Link>,
}

impl Shop {
    fn product(&self, id: i64) -> &ShopProduct {
        self.products
            .iter()
            .find(|product| product.id == id)
            .expect("a plan names products that are there")
    }

    /// The input of one family, as the shell gathers it.
    pub fn gather(&self, key: &str, catalogue: &[Good], prices: &[BookPrice]) -> FamilyInput {
        let goods: Vec<Good> = catalogue
            .iter()
            .filter(|good| good.family_key == key)
            .cloned()
            .collect();
        let mine = |id: &str| goods.iter().any(|good| good.id == id);
        let of_rows: Vec<&Link> = self
            .links
            .iter()
            .filter(|link| link.kind == LinkKind::Good && mine(&link.remote_id))
            .collect();
        let links: Vec<Link> = self
            .links
            .iter()
            .filter(|link| match link.kind {
                LinkKind::Good => mine(&link.remote_id),
                LinkKind::Family => {
                    link.remote_id == key
                        || link.remote_id.starts_with(&format!("{key}|"))
                        || of_rows.iter().any(|row| row.family == link.remote_id)
                }
            })
            .cloned()
            .collect();
        let linked = |id: i64| links.iter().any(|link| link.shop_id == id);
        let wanted = |product: &ShopProduct| {
            let sku = sku_key(&product.sku);
            linked(product.id)
                || (product.parent != 0 && linked(product.parent))
                || (!sku.is_empty() && goods.iter().any(|good| good.sku_key == sku))
                || (!product.barcode.is_empty()
                    && goods
                        .iter()
                        .any(|good| good.barcode.as_deref() == Some(&product.barcode)))
                || goods
                    .iter()
                    .any(|good| product.origin == format!("good:{}", good.id))
                || product.origin == format!("family:{key}")
                || product.origin.starts_with(&format!("family:{key}|"))
        };
        let mut ids: Vec<i64> = Vec::new();
        for product in self.products.iter().filter(|product| wanted(product)) {
            ids.push(product.id);
            if product.parent != 0 {
                ids.push(product.parent);
            }
        }
        ids.sort_unstable();
        ids.dedup();
        let elsewhere = |id: i64| {
            self.links
                .iter()
                .find(|link| link.shop_id == id)
                .filter(|_| !linked(id))
        };
        let shop = ids.iter().map(|id| {
            let linked_to = elsewhere(*id).map(|link| link.remote_id.clone());
            let mut rows = catalogue.iter();
            let row = rows.find(|row| Some(&row.id) == linked_to.as_ref() && !row.deleted);
            ShopProduct {
                linked_sku: row.map(|row| row.sku_key.clone()).filter(|sku| {
                    let same = |row: &&Good| !row.deleted && row.sku_key == *sku;
                    catalogue.iter().filter(same).count() < 2
                }),
                linked_to,
                ..self.product(*id).clone()
            }
        });
        let twins = catalogue.iter().filter(|other| {
            other.family_key != key
                && !other.sku_key.is_empty()
                && goods.iter().any(|good| good.sku_key == other.sku_key)
        });
        let part = |good: &Good| {
            goods
                .iter()
                .any(|combo| combo.materials.iter().any(|part| part.id == good.id))
        };
        FamilyInput {
            key: key.into(),
            shop: shop.collect(),
            links,
            prices: prices
                .iter()
                .filter(|price| mine(&price.good_id))
                .cloned()
                .collect(),
            materials: catalogue
                .iter()
                .filter(|good| part(good))
                .cloned()
                .collect(),
            holds: Vec::new(),
            twins: twins
                .map(|twin| Twin {
                    sku_key: twin.sku_key.clone(),
                    remote_id: twin.id.clone(),
                    label: twin.code.clone(),
                })
                .collect(),
            goods,
            pending: None,
        }
    }

    /// Carries a plan out.
    pub fn apply(&mut self, plan: &FamilyPlan) {
        for operation in &plan.operations {
            match operation.kind {
                OperationKind::Create => self.create(operation, &plan.key),
                OperationKind::Link => {
                    let id = operation.shop_id.expect("a link names its product");
                    assert!(
                        self.links.iter().all(|link| link.shop_id != id),
                        "one product, one link"
                    );
                    self.link(operation, id, &plan.key);
                    self.write(operation, id);
                }
                OperationKind::Update => self.write(
                    operation,
                    operation.shop_id.expect("an update names its product"),
                ),
                OperationKind::Release => {
                    let id = operation.shop_id.expect("a release names its product");
                    let mut products = self.products.iter_mut();
                    let product = products
                        .find(|product| product.id == id)
                        .expect("it is there");
                    // As the shell does: what is no longer as planned is planned again.
                    if operation.changes[0].before.as_deref() != Some(product.sku.as_str()) {
                        return;
                    }
                    product.sku = String::new();
                }
                OperationKind::Skip | OperationKind::Review => {
                    assert!(
                        operation.changes.is_empty(),
                        "nothing is written by {operation:?}"
                    );
                }
                OperationKind::Convert => {
                    let id = operation.shop_id.expect("a conversion names its product");
                    self.link(operation, id, &plan.key);
                    self.write(operation, id);
                    let product = self.products.iter_mut().find(|product| product.id == id);
                    let product = product.expect("it was written just now");
                    assert_eq!(product.kind, ShopType::Simple);
                    product.kind = operation.product;
                    // WooCommerce keeps no number for a product that does not manage stock.
                    product.stock = None;
                }
                OperationKind::Unlink => {
                    let before = self.links.len();
                    self.links.retain(|link| {
                        link.kind != operation.remote_kind || link.remote_id != operation.remote_id
                    });
                    assert_eq!(self.links.len().saturating_add(1), before, "{operation:?}");
                }
            }
        }
    }

    fn create(&mut self, operation: &Operation, key: &str) {
        let id = self
            .products
            .iter()
            .map(|product| product.id)
            .max()
            .unwrap_or(0)
            .saturating_add(1);
        let parent = operation.parent.as_ref().map(|parent| {
            parent.shop_id.unwrap_or_else(|| {
                let mut links = self.links.iter();
                let link = links
                    .find(|link| link.kind == LinkKind::Family && link.remote_id == parent.family);
                link.expect("the parent comes first").shop_id
            })
        });
        assert_eq!(
            parent.is_some(),
            operation.product == ShopType::Variation,
            "{operation:?}"
        );
        let kind = if operation.remote_kind == LinkKind::Good {
            "good"
        } else {
            "family"
        };
        self.products.push(ShopProduct {
            origin: format!("{kind}:{}", operation.remote_id),
            parent: parent.unwrap_or(0),
            ..blank(id, operation.product)
        });
        self.link(operation, id, key);
        self.write(operation, id);
    }

    fn link(&mut self, operation: &Operation, shop_id: i64, key: &str) {
        let family = match (operation.remote_kind, &operation.parent) {
            (LinkKind::Family, _) => operation.remote_id.clone(),
            (LinkKind::Good, Some(parent)) => parent.family.clone(),
            (LinkKind::Good, None) => key.into(),
        };
        assert!(self.links.iter().all(
            |link| link.kind != operation.remote_kind || link.remote_id != operation.remote_id
        ));
        self.links.push(Link {
            kind: operation.remote_kind,
            remote_id: operation.remote_id.clone(),
            shop_id,
            family,
            state: LinkState::Active,
            fields: Vec::new(),
        });
    }

    fn write(&mut self, operation: &Operation, id: i64) {
        for change in &operation.changes {
            let written = self.field(operation, id, change);
            let link = self
                .links
                .iter_mut()
                .find(|link| link.shop_id == id)
                .expect("only linked products are written");
            let stored = LinkField {
                field: change.field.clone(),
                pos: change.pos.clone(),
                shop: written,
            };
            match link
                .fields
                .iter_mut()
                .find(|field| field.field == change.field)
            {
                Some(field) => *field = stored,
                None => link.fields.push(stored),
            }
        }
    }

    /// Writes one field if it is to be written; gives what is held then.
    fn field(&mut self, operation: &Operation, id: i64, change: &Change) -> String {
        let taken = |field: fn(&ShopProduct) -> &String, value: &str| {
            let mut others = self
                .products
                .iter()
                .filter(|other| other.id != id && other.status != "trash");
            !value.is_empty() && others.any(|other| field(other).eq_ignore_ascii_case(value))
        };
        let after = change.after.clone();
        if let Some(after) = &after {
            assert!(
                change.field != "sku" || !taken(|product| &product.sku, after),
                "SKU {after} twice: {operation:?}"
            );
        }
        // As the shell does: WooCommerce throws, the barcode stays out, and the attempt is remembered.
        let after = after
            .filter(|after| change.field != "barcode" || !taken(|product| &product.barcode, after));
        let product = self
            .products
            .iter_mut()
            .find(|product| product.id == id)
            .expect("checked before");
        let held = held(product, &change.field);
        if change.field != "stock_source" && operation.kind != OperationKind::Create {
            assert_eq!(
                held,
                change.before.clone().unwrap_or_default(),
                "{} of {operation:?}",
                change.field
            );
        }
        let Some(after) = after else { return held };
        match change.field.as_str() {
            "name" => product.name = after,
            "description" => product.description_hash = after,
            "sku" => product.sku = after,
            "barcode" => product.barcode = after,
            "weight" => product.weight = after,
            "brand" => product.brand = after,
            "tax_class" => product.tax_class = after.replace("standard", ""),
            "branch_stock" => product.branch_stock = after,
            "role_prices" => product.role_prices = after,
            "regular_price" => product.regular_price = after,
            "sale_price" => product.sale_price = after,
            "sale_from" => product.sale_from = after.parse().ok(),
            "sale_to" => product.sale_to = after.parse().ok(),
            "manage_stock" => product.manage_stock = after == "yes",
            "stock_status" => product.stock_status = after,
            "status" => product.status = after,
            "visibility" => product.visibility = after,
            "categories" => {
                product.categories = after.split(',').filter_map(|id| id.parse().ok()).collect()
            }
            "stock" => {
                let after = thousandths(&after).expect("stock is decimal text");
                let before = change
                    .before
                    .as_deref()
                    .map(|before| thousandths(before).expect("as before"));
                let now = match (product.stock, before) {
                    (Some(now), Some(before)) => now.0.saturating_add(after.saturating_sub(before)),
                    _ => after,
                };
                product.stock = Some(Quantity(now));
            }
            "attributes" => attributes(product, operation),
            other => panic!("no such field: {other}"),
        }
        self.held(id, &change.field)
    }

    fn held(&self, id: i64, field: &str) -> String {
        held(self.product(id), field)
    }
}

/// Attributes the operation does not name stay.
fn attributes(product: &mut ShopProduct, operation: &Operation) {
    product
        .attributes
        .retain(|held| !operation.dropped.iter().any(|name| same(&held.name, name)));
    let values = operation.values.iter();
    let of_row = values.map(|value| ShopAttribute {
        name: value.name.clone(),
        values: vec![value.value.clone()],
    });
    for attribute in operation.attributes.iter().cloned().chain(of_row) {
        match product
            .attributes
            .iter_mut()
            .find(|held| same(&held.name, &attribute.name))
        {
            Some(held) => held.values = attribute.values,
            None => product.attributes.push(attribute),
        }
    }
}

pub fn blank(id: i64, kind: ShopType) -> ShopProduct {
    ShopProduct {
        id,
        kind,
        parent: 0,
        status: "publish".into(),
        name: String::new(),
        description_hash: String::new(),
        sku: String::new(),
        barcode: String::new(),
        regular_price: String::new(),
        sale_price: String::new(),
        sale_from: None,
        sale_to: None,
        manage_stock: false,
        stock: None,
        stock_status: "instock".into(),
        weight: String::new(),
        brand: String::new(),
        tax_class: String::new(),
        branch_stock: String::new(),
        role_prices: String::new(),
        categories: Vec::new(),
        attributes: Vec::new(),
        visibility: "visible".into(),
        linked_to: None,
        linked_sku: None,
        complete: false,
        origin: String::new(),
    }
}

fn held(product: &ShopProduct, field: &str) -> String {
    let date = |at: Option<i64>| at.map(|at| at.to_string()).unwrap_or_default();
    match field {
        "name" => product.name.clone(),
        "description" => product.description_hash.clone(),
        "sku" => product.sku.clone(),
        "barcode" => product.barcode.clone(),
        "weight" => product.weight.clone(),
        "brand" => product.brand.clone(),
        "tax_class" if product.tax_class.is_empty() => "standard".into(),
        "tax_class" => product.tax_class.clone(),
        "branch_stock" => product.branch_stock.clone(),
        "role_prices" => product.role_prices.clone(),
        "regular_price" => product.regular_price.clone(),
        "sale_price" => product.sale_price.clone(),
        "sale_from" => date(product.sale_from),
        "sale_to" => date(product.sale_to),
        "manage_stock" => if product.manage_stock { "yes" } else { "no" }.into(),
        "stock" => product
            .stock
            .map(|stock| decimal(stock.0, 3))
            .unwrap_or_default(),
        "stock_status" => product.stock_status.clone(),
        "status" => product.status.clone(),
        "visibility" => product.visibility.clone(),
        "categories" => product
            .categories
            .iter()
            .map(i64::to_string)
            .collect::<Vec<_>>()
            .join(","),
        "attributes" => crate::goods::variants::held_text(&product.attributes),
        _ => String::new(),
    }
}
