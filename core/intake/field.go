package intake

// Field is what a column holds, as the synonym table and remembered mappings spell it; "" is a column not recognised.
type Field string

// The fields. A table may have several columns of one field: their texts are joined in order (Họ đệm + Tên).
const (
	FieldOrdinal     Field = "ordinal"
	FieldName        Field = "name"
	FieldFamily      Field = "family" // họ, or họ và chữ đệm
	FieldMiddle      Field = "middle" // chữ đệm
	FieldGiven       Field = "given"  // tên
	FieldBirth       Field = "birth"
	FieldBirthDay    Field = "birth_day"
	FieldBirthMonth  Field = "birth_month"
	FieldBirthYear   Field = "birth_year"
	FieldMale        Field = "male"   // under "Nam": a mark, or a birth date
	FieldFemale      Field = "female" // under "Nữ"
	FieldGender      Field = "gender"
	FieldNumber      Field = "number" // citizen number; a 9-digit CMND in it is told apart
	FieldOldID       Field = "old_id" // CMND
	FieldPhone       Field = "phone"
	FieldCommune     Field = "commune"
	FieldHamlet      Field = "hamlet"
	FieldGroup       Field = "group"
	FieldPermanent   Field = "permanent" // nơi thường trú
	FieldCurrent     Field = "current"   // nơi ở hiện tại
	FieldAddress     Field = "address"
	FieldEthnic      Field = "ethnic"
	FieldHousehold   Field = "household" // số hộ
	FieldHead        Field = "head"      // chủ hộ
	FieldRelation    Field = "relation"
	FieldNote        Field = "note"
	FieldReason      Field = "reason"
	FieldPosition    Field = "position"
	FieldAgency      Field = "agency"
	FieldCCCD        Field = "status_cccd"
	FieldEID         Field = "status_eid"
	FieldLevel       Field = "eid_level"
	FieldEIDLevel1   Field = "eid_level1"
	FieldEIDLevel2   Field = "eid_level2"
	FieldSIM         Field = "status_sim"
	FieldSign        Field = "status_sign"
	FieldSIMSign     Field = "status_sim_sign" // SIM chính chủ + CKS in one column
	FieldDevice      Field = "device"
	FieldPhone4G     Field = "phone4g" // marks: has a 4G phone
	FieldPortal      Field = "portal_national"
	FieldPortalLocal Field = "portal_province"
	FieldResident    Field = "resident"
	FieldStatus      Field = "status" // Tình trạng, Trạng thái: what of, its values and the kind of list tell
	FieldAsOf        Field = "as_of"
	FieldUnit        Field = "unit" // Đơn vị: agency of a person, or the unit of a target table
	FieldTarget      Field = "target"
	FieldUnitCode    Field = "unit_code"
	FieldUnitName    Field = "unit_name"
	FieldUnitKind    Field = "unit_kind"
	FieldParent      Field = "parent"
	FieldLat         Field = "lat"
	FieldLon         Field = "lon"
	FieldFrom        Field = "from"
	FieldUntil       Field = "until"
	FieldTeam        Field = "team"
	FieldDays        Field = "days"
	FieldIgnore      Field = "ignore" // known and not needed
)

// FieldChoice is a field with its Vietnamese name, for the mapping screen.
type FieldChoice struct {
	Field Field
	Title string
}

// Fields lists what a column can be mapped to, in the order the mapping screen shows it.
func Fields() []FieldChoice { return fieldChoices }

// FieldTitle names a field in Vietnamese; "" for "".
func FieldTitle(f Field) string {
	for _, c := range fieldChoices {
		if c.Field == f {
			return c.Title
		}
	}
	return ""
}

var fieldChoices = []FieldChoice{
	{FieldName, "Họ và tên"},
	{FieldFamily, "Họ (và chữ đệm)"},
	{FieldMiddle, "Chữ đệm"},
	{FieldGiven, "Tên"},
	{FieldBirth, "Ngày sinh"},
	{FieldBirthDay, "Ngày sinh: ngày"},
	{FieldBirthMonth, "Ngày sinh: tháng"},
	{FieldBirthYear, "Ngày sinh: năm"},
	{FieldGender, "Giới tính"},
	{FieldMale, "Nam (đánh dấu hoặc ngày sinh)"},
	{FieldFemale, "Nữ (đánh dấu hoặc ngày sinh)"},
	{FieldNumber, "Số định danh cá nhân / CCCD"},
	{FieldOldID, "Số CMND (9 số)"},
	{FieldPhone, "Số điện thoại"},
	{FieldCommune, "Xã, phường, thị trấn"},
	{FieldHamlet, "Ấp, thôn, khu phố, sóc"},
	{FieldGroup, "Tổ"},
	{FieldPermanent, "Nơi thường trú"},
	{FieldCurrent, "Nơi ở hiện tại"},
	{FieldAddress, "Địa chỉ"},
	{FieldEthnic, "Dân tộc"},
	{FieldHousehold, "Số hộ"},
	{FieldHead, "Chủ hộ"},
	{FieldRelation, "Quan hệ với chủ hộ"},
	{FieldCCCD, "Tình trạng CCCD"},
	{FieldEID, "Trạng thái tài khoản định danh điện tử"},
	{FieldLevel, "Mức định danh"},
	{FieldEIDLevel1, "Định danh mức 1"},
	{FieldEIDLevel2, "Định danh mức 2"},
	{FieldSIM, "SIM chính chủ"},
	{FieldSign, "Chữ ký số"},
	{FieldSIMSign, "SIM chính chủ kèm chữ ký số"},
	{FieldDevice, "Loại thiết bị"},
	{FieldPhone4G, "Có điện thoại 4G"},
	{FieldPortal, "Cổng DVC quốc gia"},
	{FieldPortalLocal, "Cổng DVC tỉnh"},
	{FieldResident, "Tình trạng cư trú"},
	{FieldStatus, "Tình trạng / trạng thái"},
	{FieldAsOf, "Ngày chốt số liệu"},
	{FieldPosition, "Chức vụ / vai trò"},
	{FieldAgency, "Đơn vị công tác"},
	{FieldUnit, "Đơn vị"},
	{FieldTarget, "Chỉ tiêu (số)"},
	{FieldUnitCode, "Mã đơn vị"},
	{FieldUnitName, "Tên đơn vị"},
	{FieldUnitKind, "Loại đơn vị"},
	{FieldParent, "Đơn vị cấp trên"},
	{FieldLat, "Vĩ độ"},
	{FieldLon, "Kinh độ"},
	{FieldFrom, "Từ ngày"},
	{FieldUntil, "Đến ngày"},
	{FieldTeam, "Tên tổ công tác"},
	{FieldDays, "Số buổi, số ngày làm việc"},
	{FieldReason, "Lý do"},
	{FieldNote, "Ghi chú"},
	{FieldOrdinal, "Số thứ tự"},
	{FieldIgnore, "Không dùng cột này"},
}
