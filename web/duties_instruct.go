package web

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"

	"bonphu/core/territory"
	"bonphu/internal/clock"
	"bonphu/internal/fault"
	"bonphu/internal/id"
	"bonphu/internal/vn"
	"bonphu/ops/duties"
)

const instructHref = "/chi-dao"

func instructionState(i *duties.Instruction, today clock.Day) (state, mood string) {
	told, read, done := i.Counts()
	switch {
	case i.Withdrawn != "":
		return "Đã thu hồi", ""
	case i.Due != "" && done == told, i.Due == "" && read == told:
		return "Đã xong", "good"
	case i.Due != "" && i.Due < today:
		return "Quá hạn", "bad"
	case read < told:
		return "Chờ nhận", "warn"
	}
	return "Đang thực hiện", "warn"
}

func (a *Ask) issuer(i *duties.Instruction) string {
	place := ""
	if u := a.Who.Tree().ByID(i.Unit); u != nil {
		place = ", " + u.Title()
	}
	return i.WhoName + place
}

func showInstructions(a *Ask) error {
	list, err := a.Duties.Instructions(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	s := &Instructions{MayTell: a.Who.MayAnywhere("instruct.write"), None: Empty{Icon: "flag", Title: "Chưa có văn bản chỉ đạo nào", Text: "Công điện, nhắc nhở, thông báo kết luận gửi cho các cơ quan sẽ hiện ở đây, kèm ai đã nhận, ai đã làm."}}
	s.Title, s.Area, s.Lead = "Công điện, nhắc nhở", instructHref, "Lãnh đạo giao gì, ai đã nhận, kết quả ra sao."
	if len(list) > 0 {
		s.None = Empty{Icon: "search", Title: "Không có văn bản nào khớp", Text: "Chọn tình trạng khác để xem."}
	}
	want := a.Query("tinh_trang")
	for _, x := range []Choice{{"", "Tất cả", false}, {"Chờ nhận", "Chờ nhận", false}, {"Đang thực hiện", "Đang thực hiện", false}, {"Quá hạn", "Quá hạn", false}, {"Đã xong", "Đã xong", false}, {"Đã thu hồi", "Đã thu hồi", false}} {
		x.Chosen = x.Value == want
		s.States = append(s.States, x)
	}
	for k := range list {
		i := &list[k]
		r := InstructionRow{Title: i.Title, Kind: duties.KindTitle(i.Kind), Number: i.Number, From: a.issuer(i), Href: instructHref + "/" + id.String(i.ID), Day: i.Day.Vi()}
		if i.Due != "" {
			r.Due = i.Due.Vi()
		}
		r.State, r.Mood = instructionState(i, a.today())
		r.Told, r.Read, r.Done = i.Counts()
		if want == "" || want == r.State {
			s.Rows = append(s.Rows, r)
		}
	}
	return a.Show(s)
}

func (a *Ask) instructionForm() (*InstructionForm, error) {
	s := &InstructionForm{Units: a.unitChoices("instruct.write", 0), Once: a.R.FormValue("once"), Today: string(a.today())}
	if s.Once == "" {
		s.Once = id.String(id.New())
	}
	s.Units = slices.DeleteFunc(s.Units, func(c Choice) bool { // hamlets have no offices of their own
		u := a.Who.Tree().ByCode(c.Value)
		return u == nil || u.Tier >= territory.TierHamlet
	})
	for i := range s.Units {
		s.Units[i].Chosen = s.Units[i].Value == a.R.FormValue("don_vi")
	}
	for _, k := range []string{duties.Reminder, duties.Dispatch, duties.Conclusion} {
		s.Kinds = append(s.Kinds, Choice{k, duties.KindTitle(k), k == a.R.FormValue("kind")})
	}
	offices, err := a.Duties.Offices(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	chosen := a.R.Form["to"]
	home := a.Who.Tree().Home()
	groups := map[string]int{}
	for _, o := range offices {
		title := "Cơ quan của xã, thị trấn"
		if home != nil && o.Unit == home.ID {
			title = "Cơ quan của " + home.Kind
		}
		if a.plan() != nil {
			if of := a.plan().Office(o.Code); of != nil && of.Each {
				title = vn.UpperFirst(of.TitleOf("các xã, thị trấn"))
			}
		}
		n, ok := groups[title]
		if !ok {
			n = len(s.Groups)
			groups[title] = n
			s.Groups = append(s.Groups, OfficeGroup{Title: title})
		}
		key := id.String(o.ID)
		s.Groups[n].Offices = append(s.Groups[n].Offices, Choice{key, vn.UpperFirst(o.Name), slices.Contains(chosen, key) || a.R.Method == "GET" && a.Query("co_quan") == key})
	}
	s.Title, s.Area, s.Lead = "Ra văn bản chỉ đạo", instructHref, "Nơi nhận thấy ngay ở trang đầu, bấm “Đã nhận”, ghi kết quả khi làm xong."
	s.Crumbs = []Crumb{{"Công điện, nhắc nhở", instructHref}, {Title: "Ra văn bản"}}
	return s, nil
}

func showInstructionForm(a *Ask) error {
	s, err := a.instructionForm()
	if err != nil {
		return err
	}
	return a.Show(s)
}

func sendInstruction(a *Ask) error {
	file, fileErr := a.attached("file") // reads the whole form first
	s, err := a.instructionForm()
	if err != nil {
		return err
	}
	if fileErr != nil {
		return Again(s, fileErr)
	}
	u, err := a.askedUnit("instruct.write")
	if err != nil {
		return err
	}
	i := duties.Instruction{Unit: u.ID, Kind: a.Post("kind"), Number: a.Post("number"), Title: a.Post("title"), Text: a.Post("text"), Signer: a.Post("signer"), Due: clock.Day(a.Post("due"))}
	if i.ID, err = id.Parse(s.Once); err != nil {
		i.ID = 0
	}
	if i.Due != "" {
		if _, err := clock.ParseDay(string(i.Due)); err != nil {
			return Again(s, fault.New(fault.Invalid, "web.due", "Hạn thực hiện không phải một ngày có thật.").On("due"))
		}
	}
	for _, v := range a.R.PostForm["to"] {
		n, err := id.Parse(v)
		if err != nil {
			return Again(s, fault.New(fault.Invalid, "web.office", "Không có cơ quan này. Hãy chọn lại trong danh sách.").On("to"))
		}
		i.To = append(i.To, duties.Recipient{Office: territory.Office{ID: n}})
	}
	n, err := a.Duties.Issue(a.Ctx(), a.Who, i, file)
	if err != nil {
		return Again(s, err)
	}
	return a.Go(instructHref + "/" + id.String(n))
}

func (a *Ask) instructionSheet() (*InstructionSheet, *duties.Instruction, error) {
	n, err := a.pathID()
	if err != nil {
		return nil, nil, err
	}
	i, err := a.Duties.Instruction(a.Ctx(), a.Who, n)
	if err != nil {
		return nil, nil, err
	}
	s := &InstructionSheet{Kind: duties.KindTitle(i.Kind), Number: i.Number, Text: i.Text, From: a.issuer(i), Signer: i.Signer, Day: i.Day.Vi(), Withdrawn: i.Withdrawn}
	if i.Due != "" {
		s.Due = i.Due.Vi()
	}
	s.State, s.Mood = instructionState(i, a.today())
	s.Told, s.Read, s.Done = i.Counts()
	here := instructHref + "/" + id.String(n)
	if i.FileID != 0 {
		s.File, s.FileName = dutiesHref+"/tep/"+id.String(i.FileID), i.FileName
	}
	for _, r := range i.To {
		row := ToldRow{Office: vn.UpperFirst(r.Office.Name), Answer: r.Answer, State: "Chưa nhận", Mood: "warn", Own: r.Office.ID == a.Who.Office && a.Who.Office != 0}
		if r.ReadAt != "" {
			row.Read, row.State, row.Mood = r.ReadName+", "+stampVi(r.ReadAt), "Đã nhận", "good"
			if i.Due != "" {
				row.Mood = "warn"
			}
		}
		if r.DoneAt != "" {
			row.Done, row.State, row.Mood = r.DoneName+", "+stampVi(r.DoneAt), "Đã làm", "good"
		} else if i.Due != "" && i.Due < a.today() {
			row.State, row.Mood = "Quá hạn", "bad"
		}
		if row.Own && i.Withdrawn == "" && a.Who.May("duty.do", r.Office.Unit) == nil {
			if r.ReadAt == "" {
				s.Acknowledge = here + "/da-nhan"
			}
			s.Answer = here + "/ket-qua"
		}
		s.Rows = append(s.Rows, row)
	}
	if i.Withdrawn == "" && a.Who.May("instruct.write", i.Unit) == nil {
		s.Withdraw = here + "/thu-hoi"
	}
	s.Title, s.Area = i.Title, instructHref
	s.Lead = fmt.Sprintf("%s · %d nơi nhận, %d đã nhận, %d đã làm", s.Kind, s.Told, s.Read, s.Done)
	s.Crumbs = []Crumb{{"Công điện, nhắc nhở", instructHref}, {Title: cmp.Or(i.Number, s.Kind)}}
	return s, i, nil
}

func showInstruction(a *Ask) error {
	s, _, err := a.instructionSheet()
	if err != nil {
		return err
	}
	return a.Show(s)
}

// onInstruction runs a change of one instruction and shows it again.
func onInstruction(do func(a *Ask, n int64) error) func(*Ask) error {
	return func(a *Ask) error {
		s, i, err := a.instructionSheet()
		if err != nil {
			return err
		}
		if err := do(a, i.ID); err != nil {
			return Again(s, err)
		}
		return a.Go(instructHref + "/" + url.PathEscape(id.String(i.ID)))
	}
}

var acknowledgeInstruction = onInstruction(func(a *Ask, n int64) error { return a.Duties.Acknowledge(a.Ctx(), a.Who, n) })

var answerInstruction = onInstruction(func(a *Ask, n int64) error { return a.Duties.Answer(a.Ctx(), a.Who, n, a.Post("text")) })

var withdrawInstruction = onInstruction(func(a *Ask, n int64) error { return a.Duties.Withdraw(a.Ctx(), a.Who, n, a.Post("why")) })
