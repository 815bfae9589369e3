package reconcile

import (
	"bonphu/internal/clock"
)

// State is where a case stands.
type State string

// The states of a case: asked, answered by the team, decided by somebody else, closed by a later extract or because the claim is
// not denied any more.
const (
	Open     State = "open"
	Answered State = "answered"
	Decided  State = "decided"
	Closed   State = "closed"
)

// StateTitle names a case's state for people.
func StateTitle(s State) string {
	switch s {
	case Open:
		return "chờ giải trình"
	case Answered:
		return "đã giải trình, chờ kết luận"
	case Decided:
		return "đã kết luận"
	case Closed:
		return "đã tự đóng"
	}
	return string(s)
}

// Code is the reason a case is answered and decided with.
type Code string

// The reasons (KH:IV.2.a): a fair hearing tells a false report from a slow extract, a mistyped number or a double record.
const (
	ExtractLate Code = "extract_late"
	WrongNumber Code = "wrong_number"
	Twin        Code = "twin"
	NotDone     Code = "not_done"
)

// Codes lists the reasons in the order in which they are offered.
var Codes = []Code{ExtractLate, WrongNumber, Twin, NotDone}

// CodeTitle names a reason for people.
func CodeTitle(c Code) string {
	switch c {
	case ExtractLate:
		return "dữ liệu trích xuất chậm"
	case WrongNumber:
		return "sai số định danh hoặc số điện thoại"
	case Twin:
		return "trùng hồ sơ"
	case NotDone:
		return "chưa làm"
	}
	return ""
}

// Consequence tells in a sentence what deciding with a reason does.
func Consequence(c Code) string {
	switch c {
	case ExtractLate:
		return "Không tính là báo cáo sai trong thời gian chờ bản trích xuất mới; quá ngày chờ mà chưa được xác nhận thì tính."
	case WrongNumber:
		return "Không tính là báo cáo sai. Cần sửa số trong hồ sơ người dân."
	case Twin:
		return "Không tính là báo cáo sai. Cần gộp hai hồ sơ của cùng một người."
	case NotDone:
		return "Báo cáo bị rút lại và tính là báo cáo sai của tổ."
	}
	return ""
}

// excuses tells whether a case decided so is not counted against the team on a day (law J2).
func excuses(ruling Code, waitUntil, day clock.Day) bool {
	switch ruling {
	case WrongNumber, Twin:
		return true
	case ExtractLate:
		return day <= waitUntil
	}
	return false
}

// answerDays is how many days a team has to answer.
const answerDays = 3
