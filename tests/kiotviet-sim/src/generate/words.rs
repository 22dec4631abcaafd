//! Words for a believable shop.

/// A department of the shop.
pub struct Department {
    /// Root category.
    pub name: &'static str,
    /// Second level.
    pub shelves: &'static [Shelf],
    /// Adjectives of its goods.
    pub styles: &'static [&'static str],
    /// Attributes its variants may have, with their values.
    pub attributes: &'static [(&'static str, &'static [&'static str])],
    /// Base unit and further units with how many base units each holds.
    pub units: (&'static str, &'static [(&'static str, f64)]),
    /// Lowest and highest price in thousands of đồng.
    pub price: (u32, u32),
}

/// A second-level category with its leaves.
pub struct Shelf {
    /// Second-level category.
    pub name: &'static str,
    /// Third-level categories; also the nouns of their goods.
    pub leaves: &'static [&'static str],
}

const COLOURS: &[&str] = &["Đỏ", "Xanh dương", "Đen", "Trắng", "Hồng phấn", "Xám tro"];
const SIZES: &[&str] = &["S", "M", "L", "XL"];
const FABRICS: &[&str] = &["Cotton", "Lụa", "Kaki"];

/// The shop.
pub const DEPARTMENTS: &[Department] = &[
    Department {
        name: "Thời trang",
        shelves: &[
            Shelf {
                name: "Áo",
                leaves: &["Áo thun", "Áo sơ mi", "Áo khoác"],
            },
            Shelf {
                name: "Quần & váy",
                leaves: &["Quần jean", "Quần tây", "Chân váy"],
            },
            Shelf {
                name: "Phụ kiện thời trang",
                leaves: &["Túi xách", "Thắt lưng", "Mũ lưỡi trai"],
            },
        ],
        styles: &[
            "cổ tròn",
            "dáng rộng",
            "họa tiết hoa nhí",
            "trơn",
            "kẻ sọc",
            "tay dài",
            "phong cách Hàn Quốc",
        ],
        attributes: &[
            ("Màu sắc", COLOURS),
            ("Kích thước", SIZES),
            ("Chất liệu", FABRICS),
        ],
        units: ("cái", &[("Bộ 3", 3.0), ("Tá", 12.0)]),
        price: (79, 890),
    },
    Department {
        name: "Thực phẩm & đồ uống",
        shelves: &[
            Shelf {
                name: "Đồ uống",
                leaves: &["Nước ngọt", "Bia", "Trà đóng chai", "Cà phê hòa tan"],
            },
            Shelf {
                name: "Đồ khô",
                leaves: &["Mì ăn liền", "Gạo", "Hạt điều"],
            },
            Shelf {
                name: "Gia vị",
                leaves: &["Nước mắm", "Dầu ăn", "Tương ớt"],
            },
        ],
        styles: &[
            "vị chanh muối",
            "đặc biệt",
            "thượng hạng",
            "không đường",
            "truyền thống",
            "hương sả",
            "Phú Quốc",
        ],
        attributes: &[
            ("Hương vị", &["Chanh", "Dâu", "Đào", "Nguyên bản"]),
            ("Dung tích", &["330ml", "500ml", "1,5L"]),
        ],
        units: ("lon", &[("Lốc 6", 6.0), ("Thùng 24", 24.0)]),
        price: (8, 320),
    },
    Department {
        name: "Điện tử",
        shelves: &[
            Shelf {
                name: "Điện thoại",
                leaves: &["Ốp lưng", "Sạc dự phòng", "Tai nghe"],
            },
            Shelf {
                name: "Máy tính",
                leaves: &["Chuột không dây", "Bàn phím cơ", "Ổ cứng SSD"],
            },
        ],
        styles: &[
            "chính hãng",
            "siêu mỏng",
            "chống sốc",
            "thế hệ mới",
            "pin lâu",
            "có đèn LED",
        ],
        attributes: &[
            ("Màu sắc", COLOURS),
            ("Dung lượng", &["128GB", "256GB", "512GB"]),
        ],
        units: ("chiếc", &[("Hộp 10", 10.0)]),
        price: (49, 4_990),
    },
    Department {
        name: "Mỹ phẩm",
        shelves: &[
            Shelf {
                name: "Chăm sóc da",
                leaves: &["Kem dưỡng", "Sữa rửa mặt", "Mặt nạ"],
            },
            Shelf {
                name: "Trang điểm",
                leaves: &["Son môi", "Phấn nền"],
            },
        ],
        styles: &[
            "dịu nhẹ",
            "cấp ẩm",
            "trắng sáng",
            "chiết xuất nghệ",
            "lâu trôi",
            "cho da dầu",
        ],
        attributes: &[
            ("Tông màu", &["Đỏ cam", "Hồng đất", "Nâu tây"]),
            ("Dung tích", &["30ml", "50ml", "100ml"]),
        ],
        units: ("hộp", &[("Combo 2", 2.0), ("Thùng 48", 48.0)]),
        price: (59, 1_250),
    },
    Department {
        name: "Nhà cửa",
        shelves: &[
            Shelf {
                name: "Nhà bếp",
                leaves: &["Nồi inox", "Chảo chống dính", "Bát sứ"],
            },
            Shelf {
                name: "Phòng ngủ",
                leaves: &["Ga trải giường", "Gối cao su"],
            },
        ],
        styles: &[
            "cao cấp",
            "gia đình",
            "5 món",
            "men lam",
            "kháng khuẩn",
            "Bát Tràng",
        ],
        attributes: &[("Kích thước", &["Nhỏ", "Vừa", "Lớn"]), ("Màu sắc", COLOURS)],
        units: ("cái", &[("Bộ 6", 6.0)]),
        price: (35, 2_400),
    },
];

/// Brands.
pub const BRANDS: &[&str] = &[
    "Hoa Sen",
    "Đông Á",
    "Thiên Long Việt",
    "Sao Mai",
    "Bến Thành",
    "Hương Quê",
    "Nhà Mình",
    "Lạc Việt",
];

/// Branch names and addresses.
pub const BRANCHES: &[(&str, &str)] = &[
    ("Chi nhánh trung tâm", "12 Hàng Bông, Hoàn Kiếm, Hà Nội"),
    ("Kho Cầu Giấy", "88 Xuân Thủy, Cầu Giấy, Hà Nội"),
    ("Cửa hàng Quận 1", "25 Nguyễn Huệ, Quận 1, TP. Hồ Chí Minh"),
    ("Cửa hàng Đà Nẵng", "140 Lê Duẩn, Hải Châu, Đà Nẵng"),
    ("Cửa hàng Cần Thơ", "7 Hòa Bình, Ninh Kiều, Cần Thơ"),
];

/// Services.
pub const SERVICES: &[&str] = &[
    "Gói quà",
    "Sửa chữa tại nhà",
    "Bảo hành mở rộng",
    "Cắt may theo số đo",
    "Lắp đặt",
    "Vệ sinh máy",
    "Khắc tên",
];
