package reconcile

import "bonphu/oversight/tally"

// group is the heading of the definitions.
const group = "Đối soát"

// Definitions lists the numbers of reconciliation, as the page of definitions prints them (law N1).
func Definitions() []tally.Definition {
	return []tally.Definition{
		{Key: "claim_claimed", Group: group, Name: "Đã báo cáo", Unit: "báo cáo", Formula: "Được xác nhận cộng bị bác cộng chờ trích xuất; báo cáo lặp và báo cáo rút lại trước khi bị bác không tính. Tính cho nơi người dân ở trong ngày báo cáo và cho tổ đã báo cáo.", Clause: "IV.2.a"},
		{Key: "claim_confirmed", Group: group, Name: "Báo cáo được xác nhận", Unit: "báo cáo", Formula: "Bản trích xuất mới nhất không cũ hơn báo cáo và cho thấy đạt trạng thái đã báo.", Clause: "IV.2.d"},
		{Key: "claim_denied", Group: group, Name: "Báo cáo bị bác", Unit: "báo cáo", Formula: "Bản trích xuất mới nhất không cũ hơn báo cáo và cho thấy chưa đạt; cả báo cáo rút lại sau khi đã bị bác.", Clause: "IV.2.d"},
		{Key: "claim_pending", Group: group, Name: "Chờ trích xuất", Unit: "báo cáo", Formula: "Báo cáo mới hơn mọi bản trích xuất về người và mục tiêu ấy; tuổi tính từ ngày báo cáo.", Clause: "IV.2.a"},
		{Key: "claim_found", Group: group, Name: "Xác nhận ngoài báo cáo", Unit: "người", Formula: "Bản trích xuất trong đợt cho thấy đã đạt mục tiêu, bản trước đó cho thấy chưa, và không tổ nào báo cáo trước đó.", Clause: "IV.2.d"},
		{Key: "over_claim", Group: group, Name: "Tỷ lệ báo cáo sai", Unit: "%", Formula: "Báo cáo bị bác mà kết luận không cho là khách quan, chia cho tổng của chúng với báo cáo được xác nhận; khoảng tin cậy Wilson 95 %. Kết luận sai số, trùng hồ sơ, hoặc trích xuất chậm còn trong ngày chờ là khách quan.", Clause: "IV.2.b"},
	}
}

// Value gives the number a definition names and the fate of the claims behind it; false for one that is no count.
func (c *Classes) Value(key string) (int64, Fate, bool) {
	switch key {
	case "claim_claimed":
		return c.Claimed, "", true
	case "claim_confirmed":
		return c.Confirmed, Confirmed, true
	case "claim_denied":
		return c.Denied, Denied, true
	case "claim_pending":
		return c.Pending, Pending, true
	case "claim_found":
		return c.Found, Found, true
	}
	return 0, "", false
}
