package web

import (
	"bonphu/internal/id"
	"bonphu/internal/mail"
	"bonphu/internal/vn"
	"bonphu/oversight/lead"
)

const (
	todayHref   = "/hom-nay"
	letterHref  = "/thu-nhac-viec"
	lettersHref = "/thu-da-gui"
	firstTasks  = 3   // on the board
	sentShown   = 200 // letters on the list
)

// showToday tells the signed-in person what to do today.
func showToday(a *Ask) error {
	s := &TaskList{None: Empty{Icon: "check", Title: "Hôm nay không còn việc nào chờ", Text: "Việc mới được giao, đến hạn hoặc cần bạn duyệt sẽ tự hiện ở đây."}}
	s.Title, s.Area, s.Lead = "Việc hôm nay", todayHref, "Những việc đang chờ chính bạn làm, việc quá hạn đứng trước."
	tasks, err := a.Lead.Today(a.Ctx(), a.Who)
	if err != nil {
		return err
	}
	for _, when := range []string{lead.Overdue, lead.Now, lead.Soon} {
		g := TaskGroup{Title: lead.WhenTitle(when), Mood: map[string]string{lead.Overdue: "bad", lead.Now: "warn"}[when]}
		for _, t := range tasks {
			if t.When(a.today()) == when {
				g.Rows = append(g.Rows, a.taskRow(t))
			}
		}
		if len(g.Rows) > 0 {
			s.Groups = append(s.Groups, g)
		}
	}
	return a.Show(s)
}

func (a *Ask) taskRow(t lead.Task) TaskRow {
	r := TaskRow{Title: t.Title, Note: t.Note, Href: t.Href, Count: vn.Int(int64(t.N)) + " " + t.Unit, Mood: map[string]string{lead.Overdue: "bad", lead.Now: "warn"}[t.When(a.today())]}
	if t.Late > 0 && t.Late < t.N {
		r.Count += ", " + vn.Int(int64(t.Late)) + " quá hạn"
	}
	switch {
	case t.Due != "":
		r.Due = t.Due.Vi()
	case t.Late == 0:
		r.Due = "hôm nay"
	}
	return r
}

// firstOfToday are the first tasks, for the board, and how many more there are.
func (a *Ask) firstOfToday() (rows []TaskRow, more int64, err error) {
	tasks, err := a.Lead.Today(a.Ctx(), a.Who)
	for i, t := range tasks {
		if i == firstTasks {
			return rows, int64(len(tasks) - i), err
		}
		rows = append(rows, a.taskRow(t))
	}
	return rows, 0, err
}

func (a *Ask) letterForm() (*LetterForm, error) {
	own, err := a.Letters.Mine(a.Ctx(), a.Who)
	if err != nil {
		return nil, err
	}
	s := &LetterForm{Address: own.Address, Wants: own.Wants || own.Address == "", Ready: own.Ready, Saved: own.Address != ""}
	s.Title, s.Lead = "Thư nhắc việc", "Mỗi sáng một thư kể những việc đang chờ bạn. Ngày không có việc thì không có thư."
	s.Crumbs = []Crumb{{"Việc hôm nay", todayHref}, {Title: "Thư nhắc việc"}}
	return s, nil
}

func showLetterForm(a *Ask) error {
	s, err := a.letterForm()
	if err != nil {
		return err
	}
	switch a.Query("xong") {
	case "luu":
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Đã lưu."})
	case "thu":
		s.Flashes = append(s.Flashes, Flash{Kind: "good", Text: "Máy chủ đã nhận thư thử. Hãy mở hộp thư để xem."})
	}
	return a.Show(s)
}

func keepLetterForm(a *Ask) error {
	s, err := a.letterForm()
	if err != nil {
		return err
	}
	s.Address, s.Wants = a.Post("dia_chi"), a.Post("nhan") != ""
	if err := a.Letters.Set(a.Ctx(), a.Who, s.Address, s.Wants); err != nil {
		return Again(s, err)
	}
	return a.Go(letterHref + "?xong=luu")
}

func tryLetter(a *Ask) error {
	s, err := a.letterForm()
	if err != nil {
		return err
	}
	if err := a.Letters.Try(a.Ctx(), a.Who); err != nil {
		return Again(s, err)
	}
	return a.Go(letterHref + "?xong=thu")
}

// showSentLetters lists what was sent and what could not be.
func showSentLetters(a *Ask) error {
	list, err := a.Letters.Letters(a.Ctx(), a.Who, sentShown)
	if err != nil {
		return err
	}
	s := &SentLetters{Ready: a.Letters.Ready(), None: Empty{Icon: "list", Title: "Chưa có thư nào", Text: "Thư nhắc việc của những tài khoản đã ghi địa chỉ nhận thư sẽ hiện ở đây."}}
	s.Title, s.Area, s.Lead = "Thư đã gửi", lettersHref, "Thư nhắc việc theo ngày và tài khoản. Thư lỗi được tự gửi lại, khoảng cách dài dần, đến hết ngày."
	today := a.today()
	for _, o := range list {
		r := SentLetter{Who: o.Name, Login: o.Login, Day: o.Day.Vi(), State: lead.LetterTitle(o.State), Why: mail.CodeTitle(o.Code), Tasks: o.Tasks, Tries: o.Tries}
		switch {
		case o.State == lead.Sent:
			r.Mood, r.When = "good", stampVi(o.Sent)
		case o.State == lead.Failed:
			r.Mood = "bad"
		case o.State == lead.Waiting && o.Code != "":
			r.Mood, r.When = "warn", "gửi lại lúc "+stampVi(o.Next)
		}
		if o.Day == today && o.Code != "" && o.State != lead.Sent {
			r.Again = lettersHref + "/" + id.String(o.ID)
		}
		s.Rows = append(s.Rows, r)
	}
	return a.Show(s)
}

func resendLetter(a *Ask) error {
	n, err := a.pathID()
	if err != nil {
		return err
	}
	if err := a.Letters.Resend(a.Ctx(), a.Who, n); err != nil {
		return err
	}
	return a.Go(lettersHref)
}
