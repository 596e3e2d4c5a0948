"""Words of the genre, the commonest first: what directives ask for, on what, by when, and who signs them."""

from __future__ import annotations

# What somebody is to do: verb and object. Weights fall with the place in the list, so that a few stand in most texts.
ACTIONS = (
    "rà soát, tổng hợp kết quả thực hiện",
    "hướng dẫn các xã triển khai kế hoạch",
    "kiểm tra, đôn đốc tiến độ thực hiện chương trình mục tiêu quốc gia xây dựng nông thôn mới",
    "tuyên truyền, vận động nhân dân hưởng ứng phong trào thi đua",
    "bố trí nguồn vốn đầu tư phát triển cho các công trình hạ tầng thiết yếu",
    "lồng ghép các nguồn vốn của chương trình giảm nghèo bền vững",
    "hoàn thiện hồ sơ đề nghị thẩm định, xét công nhận xã đạt chuẩn nông thôn mới",
    "thẩm định mức độ đạt chuẩn của các xã đăng ký",
    "nâng cao thu nhập cho người dân nông thôn",
    "cứng hóa đường trục thôn, đường ngõ xóm và đường trục chính nội đồng",
    "thu gom, phân loại và xử lý rác thải sinh hoạt tại khu dân cư",
    "xây dựng cảnh quan môi trường sáng, xanh, sạch, đẹp",
    "cấp nước sinh hoạt hợp vệ sinh và nước sạch theo quy chuẩn",
    "phát triển sản phẩm theo chương trình mỗi xã một sản phẩm",
    "củng cố, nâng cao hiệu quả hoạt động của hợp tác xã nông nghiệp",
    "đào tạo nghề cho lao động nông thôn gắn với giải quyết việc làm",
    "kiên cố hóa kênh mương, bảo đảm tưới tiêu chủ động",
    "xóa nhà tạm, nhà dột nát cho hộ nghèo và hộ cận nghèo",
    "đầu tư cơ sở vật chất trường học đạt chuẩn quốc gia",
    "xây dựng nhà văn hóa và khu thể thao thôn",
    "giải ngân vốn sự nghiệp và vốn đầu tư công được giao",
    "phân bổ chi tiết kế hoạch vốn cho từng xã",
    "nâng cao chất lượng hồ sơ minh chứng từng nội dung tiêu chí",
    "xử lý nợ đọng xây dựng cơ bản",
    "thực hiện chuyển đổi số và xây dựng xã nông thôn mới thông minh",
    "bảo đảm an ninh, trật tự và quốc phòng trên địa bàn nông thôn",
    "nâng tỷ lệ người dân tham gia bảo hiểm y tế",
    "phòng, chống bệnh dịch trên đàn vật nuôi và cây trồng",
    "quản lý chất lượng vật tư nông nghiệp và an toàn thực phẩm",
    "lập, điều chỉnh quy hoạch chung xây dựng xã",
    "nâng cấp lưới điện nông thôn, bảo đảm hộ dân sử dụng điện thường xuyên, an toàn",
    "phát triển chợ nông thôn và điểm bán hàng nông sản",
    "chuyển đổi cơ cấu cây trồng trên đất lúa kém hiệu quả",
    "trồng rừng gỗ lớn và bảo vệ rừng phòng hộ đầu nguồn",
    "bảo tồn bản sắc văn hóa truyền thống của đồng bào dân tộc thiểu số",
    "phát triển du lịch cộng đồng gắn với làng nghề",
    "tập huấn nghiệp vụ cho cán bộ thôn, bản",
    "lấy ý kiến hài lòng của người dân về kết quả xây dựng nông thôn mới",
    "biểu dương, khen thưởng các tập thể, cá nhân điển hình",
    "di chuyển chuồng trại chăn nuôi ra khỏi gầm sàn nhà ở",
    "xây dựng lò đốt rác quy mô cụm xã",
    "khơi thông cống rãnh, trồng hoa ven đường",
    "quyên góp xi măng, ngày công và hiến đất mở đường",
    "chấn chỉnh việc huy động đóng góp quá sức dân",
)
# How: stands behind an action in half of the sentences.
MANNERS = (
    "bảo đảm đúng tiến độ và chất lượng",
    "theo đúng quy định hiện hành",
    "tháo gỡ kịp thời khó khăn, vướng mắc phát sinh từ cơ sở",
    "tránh chạy theo thành tích",
    "ưu tiên các xã đặc biệt khó khăn và xã biên giới",
    "gắn với tái cơ cấu ngành nông nghiệp",
    "công khai, dân chủ, phát huy vai trò chủ thể của người dân",
    "xác định rõ nội dung chưa đạt, kinh phí và lộ trình hoàn thành",
    "không để thất thoát, lãng phí",
    "kèm theo biểu mẫu thống kê",
)
SUBJECTS = (
    "đẩy mạnh thực hiện các tiêu chí nông thôn mới",
    "tăng cường chỉ đạo xây dựng nông thôn mới",
    "tập trung thực hiện tiêu chí {criterion}",
    "triển khai thực hiện tiêu chí {criterion}",
    "rà soát xã đăng ký đạt chuẩn nông thôn mới",
    "báo cáo tiến độ giải ngân vốn chương trình",
    "chuẩn bị hồ sơ xét công nhận xã nông thôn mới",
    "khắc phục tồn tại, hạn chế trong xây dựng nông thôn mới",
)
ASSIGNMENT = "Về việc phân công các sở, ngành phụ trách tiêu chí xã nông thôn mới giai đoạn {first}-{last}"
HELP = "Về việc phân công các cơ quan giúp đỡ các xã xây dựng nông thôn mới giai đoạn {first}-{last}"
OPENINGS = (
    "Thời gian qua, các cấp, các ngành đã tích cực thực hiện chương trình mục tiêu quốc gia xây dựng nông thôn mới; "
    "tuy nhiên tiến độ ở một số nơi còn chậm, chất lượng chưa bền vững.",
    "Qua kiểm tra thực tế, nhiều nội dung còn chưa đạt yêu cầu, nhất là hạ tầng giao thông, môi trường và thu nhập.",
    "Nhằm hoàn thành mục tiêu xây dựng nông thôn mới, nâng cao đời sống vật chất và tinh thần của người dân nông thôn.",
)
# Figures to reach: share of what, from and up to which percent.
TARGETS = (
    ("hộ dân sử dụng nước sạch theo quy chuẩn", 45, 98),
    ("hộ dân có nhà tiêu hợp vệ sinh", 60, 99),
    ("đường trục thôn được cứng hóa", 50, 100),
    ("người dân tham gia bảo hiểm y tế", 80, 98),
    ("rác thải sinh hoạt được thu gom, xử lý", 55, 95),
)
# Documents of the whole country besides the decisions that issued the criteria: type, number, issuer, year, month, day.
NATIONAL = (
    ("Quyết định", "800/QĐ-TTg", "Thủ tướng Chính phủ", 2010, 6, 4),
    ("Quyết định", "1600/QĐ-TTg", "Thủ tướng Chính phủ", 2016, 8, 16),
    ("Quyết định", "263/QĐ-TTg", "Thủ tướng Chính phủ", 2022, 2, 22),
    ("Quyết định", "695/QĐ-TTg", "Thủ tướng Chính phủ", 2012, 6, 8),
    ("Quyết định", "1996/QĐ-TTg", "Thủ tướng Chính phủ", 2014, 11, 4),
)
LAWS = (
    ("Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân", 2003, 11, 26),
    ("Luật Đầu tư công", 2014, 6, 18),
    ("Luật Tổ chức chính quyền địa phương", 2015, 6, 19),
    ("Luật Đầu tư công", 2019, 6, 13),
)
# Bodies that no catalogue knows, with their kind; where it is None, several may be meant.
UNKNOWN_BODIES = (
    ("Chi cục Kiểm lâm", "division"),
    ("Trung tâm Nước sạch và Vệ sinh môi trường nông thôn", "division"),
    ("Ban Quản lý dự án", None),
)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Nông", "Lò", "Giàng", "Triệu", "Hà", "Ma")
MIDDLES = ("Văn", "Thị", "Đức", "Minh", "Xuân", "Quốc", "Hồng", "Thanh", "Thế", "Ngọc", "Hữu", "Đình")
GIVEN = (
    "An", "Bình", "Cường", "Dũng", "Giang", "Hà", "Hải", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Nga", "Phong",
    "Phúc", "Quân", "Sơn", "Tâm", "Thắng", "Thịnh", "Tuấn", "Vinh", "Yến",
)  # fmt: skip
