package web

import "bonphu/core/access"

// routes is the desk's table of contents: pattern, handler, right, and the unit on which the right must hold.
var routes = []Route{
	{Pattern: "GET /{$}", Do: home},
	{Pattern: "GET /dia-ban", Do: showTerritory, Right: "unit.see"},
	{Pattern: "GET /don-vi/{code}", Do: showUnit, Right: "unit.see", Unit: unitInPath},
	{Pattern: "GET /dan-cu", Do: showRegister, Right: "people.see"},
	{Pattern: "GET /dan-cu/{id}", Do: showPerson, Right: "people.see"},
	{Pattern: "POST /dan-cu/{id}/xem-so", Do: revealNumber, Right: "people.reveal"},
	{Pattern: "POST /dan-cu/{id}/sua", Do: onPerson(correctPerson), Right: "people.correct"},
	{Pattern: "POST /dan-cu/{id}/ghi-nhan", Do: onPerson(claimFor), Right: "coverage.claim"},
	{Pattern: "POST /dan-cu/{id}/rut-lai", Do: onPerson(voidClaim), Right: "coverage.claim"},
	{Pattern: "POST /dan-cu/{id}/tinh-trang", Do: onPerson(askFact), Right: "fact.ask"},
	{Pattern: "GET /ke-hoach", Do: showPlan, Right: "plan.see"},
	{Pattern: "GET /dinh-nghia", Do: showDefinitions, Right: "plan.see"},
	{Pattern: "POST /giao-dien", Do: setTheme, Open: true},
	{Pattern: "GET /dang-nhap", Do: showSignIn, Open: true},
	{Pattern: "POST /dang-nhap", Do: signIn, Open: true},
	{Pattern: "POST /dang-xuat", Do: signOut, Open: true},
	{Pattern: "GET /mat-khau", Do: showPassword, During: access.MustChange},
	{Pattern: "POST /mat-khau", Do: changePassword, During: access.MustChange},
	{Pattern: "GET /ma-xac-thuc/hoi", Do: showCode, During: access.NeedTOTP},
	{Pattern: "POST /ma-xac-thuc/hoi", Do: passCode, During: access.NeedTOTP},
	{Pattern: "GET /ma-xac-thuc", Do: showEnrol, During: access.EnrolTOTP},
	{Pattern: "POST /ma-xac-thuc", Do: enrol, During: access.EnrolTOTP},
	{Pattern: "GET /phien", Do: showSessions},
	{Pattern: "POST /phien/khac", Do: endOthers},
	{Pattern: "POST /phien/{id}/ket-thuc", Do: endSession},
}
