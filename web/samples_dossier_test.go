package web

import (
	"bonphu/ops/dossier"
	"bonphu/web/chart"
)

func sampleDossierRows() []DossierRow {
	return []DossierRow{{ID: "1", Href: "/ho-so-thu-nhan/1", Name: "Điểu Bé", Birth: "13/02/1984", Number: "070•••••4127", Place: "Ấp 1, Xã An Khương", Kind: "Cấp thẻ kèm định danh mức 2", State: "Đã truyền về Bộ", Mood: "note", Since: "10/5/2024", Age: "13 ngày", Code: "BCDFG HKLMN", Late: "quá hạn 6 ngày", LateMood: "warn"},
		{ID: "2", Href: "/ho-so-thu-nhan/2", Name: "Thị Lới", Place: "Sóc Ba Lung, Xã An Khương", Kind: "Định danh mức 2", State: "Bị trả lại", Mood: "bad", Since: "20/5/2024", Age: "3 ngày", Code: "CDFGH KLMNP", Reason: "Vân tay không đạt"},
		{ID: "3", Href: "/ho-so-thu-nhan/3", Name: "Hồ sơ DFGHK LMNPQ", Place: "Xã An Khương", Kind: "Định danh mức 2", State: "Đã kích hoạt", Mood: "good", Since: "20/5/2024", Code: "DFGHK LMNPQ", Confirmed: true}}
}

func sampleDossiers() []Screen {
	units, kinds := []Choice{{"25330", "Xã An Khương", true}}, []Choice{{"both", "Cấp thẻ kèm định danh mức 2", true}, {"eid2", "Định danh mức 2", false}}
	f := chart.Flow{Title: "Dòng hồ sơ theo ngày", Start: sampleStart}
	b := &DossierBoard{Page: samplePage("/ho-so-thu-nhan", "Hồ sơ thu nhận"), Units: units, Day: "2024-05-23", Last: "2024-05-23", MayWrite: true, ListHref: "/ho-so-thu-nhan/danh-sach", Kinds: kinds, Code: "25330",
		Stats: []Stat{{Label: "Tất cả hồ sơ", Value: "3.214"}, {Label: "Chờ truyền", Value: "112"}, {Label: "Quá thời hạn", Value: "214", Kind: "warn"}}, Narrow: "Đang nghẽn ở chặng “Đã truyền về Bộ”: 214 trong 530 hồ sơ quá thời hạn.", NarrowTo: "/ho-so-thu-nhan/danh-sach",
		Alarms: "31 hồ sơ đã quá hạn từ 2 lần thời hạn trở lên: phải có người xử lý ngay.", AlarmTo: "/ho-so-thu-nhan/danh-sach", Redo: "18 hồ sơ bị trả lại chưa làm lại.", RedoTo: "/ho-so-thu-nhan/danh-sach",
		Ages: []DossierAge{{State: "Đã truyền về Bộ", Href: "/ho-so-thu-nhan/danh-sach", Norm: "7 ngày", N: 530, Over: 214, Alarm: 31, Median: 6, Oldest: 19, Mood: "bad", OverHref: "/ho-so-thu-nhan/danh-sach"}, {State: "Bị trả lại", Norm: "–", N: 18}}}
	row := DossierUnit{Name: "Ấp 1", Href: "/ho-so-thu-nhan?don_vi=25330.01", Late: 12, LateHref: "/ho-so-thu-nhan/danh-sach"}
	for i, st := range boardStates() {
		band := chart.Band{Name: dossier.Title(st)}
		for d := range int64(46) {
			band.N = append(band.N, max(0, d-int64(i)*3)*int64(1+i%3))
		}
		f.Bands = append(f.Bands, band)
		b.States = append(b.States, dossier.Title(st))
		row.N = append(row.N, DossierCell{dossier.Title(st), "/ho-so-thu-nhan/danh-sach", int64(40 * (i % 4))})
	}
	b.Chart, b.Table, b.Rows = f.SVG(), f.Table(), []DossierUnit{row, {Name: "Chưa rõ ấp, khu phố", N: row.N}}
	l := &DossierList{Page: samplePage("/ho-so-thu-nhan", "Danh sách hồ sơ"), Units: units, Kinds: kinds, States: []Choice{{"collected", "Đã thu nhận", true}}, Ages: []Choice{{"late", "Quá thời hạn", false}}, Find: "BCD", Told: "3 hồ sơ; nằm lâu nhất đứng trước.", Rows: sampleDossierRows(), Pager: Pager{"1–100 trong 3.214", "", "/ho-so-thu-nhan/danh-sach?tu=100"},
		MayWrite: true, MayExport: true, Sheet: "/ho-so-thu-nhan/danh-sach.xlsx", Code: "25330", Moves: moveChoices(dossier.Transmitted), Reasons: []Choice{{"anh", "Ảnh chân dung không đạt", false}}, Today: "2024-05-23"}
	tried := &DossierBulk{Page: samplePage("/ho-so-thu-nhan", "Danh sách sang chặng “Đã duyệt”"), Dry: true, Back: "/ho-so-thu-nhan/danh-sach", Stats: b.Stats, Hidden: []Hidden{{"to", "approved"}, {"list", "BCDFGHKLMN\n"}}, Rows: []DossierVerdict{{Line: 1, Text: "BCDFG HKLMN", Name: "Điểu Bé", Href: "/ho-so-thu-nhan/1", Verdict: "Ghi được", Mood: "good"}, {Line: 2, Text: "…4127", Verdict: "Để lại", Mood: "warn", Why: "Số định danh này không có trong sổ dân cư."}, {Line: 3, Verdict: "Để lại", Mood: "warn"}}}
	done := &DossierBulk{Page: samplePage("/ho-so-thu-nhan", "Danh sách sang chặng “Đã truyền về Bộ”"), Back: "/ho-so-thu-nhan/danh-sach", BatchHref: "/ho-so-thu-nhan/chuyen", Rows: tried.Rows}
	sheet := &DossierSheet{Page: samplePage("/ho-so-thu-nhan", "Điểu Bé"), Href: "/ho-so-thu-nhan/1", PersonHref: "/dan-cu/1", Person: "Điểu Bé", Code: "BCDFG HKLMN", Kind: "Cấp thẻ kèm định danh mức 2", Stages: wayOf(dossier.Both, dossier.Transmitted, false), State: "Đã truyền về Bộ", Mood: "note", Late: "quá hạn 6 ngày", Stats: b.Stats,
		Moments: []Moment{{When: "10/5/2024", Title: "Đã truyền về Bộ", By: "Phạm Công Hạnh, ghi lúc 10/5/2024 16:02", Level: "claimed"}, {When: "09/5/2024", Title: "Đã truyền về Bộ", Level: "claimed", Void: "tệp hỏng"}}, Next: []Choice{{"approved", "Đã duyệt", true}, {"rejected", "Bị trả lại", false}}, Reasons: l.Reasons, MayWrite: true, MayUndo: true, FollowsHref: "/ho-so-thu-nhan/2", Batch: "Đợt truyền ngày 10/5/2024, biên nhận C06/123", BatchHref: "/ho-so-thu-nhan/danh-sach?dot=1", Today: "2024-05-23"}
	back := &DossierSheet{Page: samplePage("/ho-so-thu-nhan", "Thị Lới"), Href: "/ho-so-thu-nhan/2", State: "Bị trả lại", Mood: "bad", Reason: "Vân tay không đạt", Stages: wayOf(dossier.EID2, dossier.Rejected, true), MayWrite: true, MayRedo: true, RedoneHref: "/ho-so-thu-nhan/1", Batch: "Đợt truyền ngày 10/5/2024"}
	sent := &Transmissions{Page: samplePage("/ho-so-thu-nhan", "Đợt truyền hồ sơ về Bộ"), Units: units, Code: "25330", Waiting: 112, Stats: b.Stats, MayWrite: true, Today: "2024-05-23", Rows: []TransmissionRow{{ID: "1", Day: "22/5/2024", Unit: "Xã An Khương", Receipt: "C06/123", By: "Phạm Công Hạnh", Note: "đợt chiều", Href: "/ho-so-thu-nhan/danh-sach?dot=1", N: 40, Out: 12, May: true}, {ID: "2", Day: "21/5/2024", Unit: "Xã An Khương", By: "Phạm Công Hạnh", N: 31, Withdrawn: "tệp hỏng (Phạm Công Hạnh, 21/5/2024 17:10)"}}}
	where := &WhereIs{Page: Page{Title: "Hồ sơ của tôi đang ở đâu?", Campaign: samplePage("", "").Campaign}, Asked: true, Kind: "Định danh mức 2", State: "Tài khoản đã duyệt", Since: "20/5/2024", Taken: "15/5/2024", Next: "Tài khoản đã được duyệt. Hãy cài VNeID và kích hoạt.", Stages: wayOf(dossier.EID2, dossier.Account, false)}
	return []Screen{b, l, tried, done, sheet, back, sent, where}
}

func samplePersonDossiers() PersonDossiers {
	return PersonDossiers{Shown: true, May: true, Person: "0000000000007", Rows: sampleDossierRows(), Kinds: []Choice{{"both", "Cấp thẻ kèm định danh mức 2", true}}, Today: "2024-05-23"}
}

func emptyDossiers() []Screen {
	none := Empty{Icon: "folder", Title: "Chưa có hồ sơ nào", Text: "Thu nhận hồ sơ để bắt đầu."}
	return []Screen{&DossierBoard{Page: samplePage("/ho-so-thu-nhan", "Hồ sơ thu nhận"), None: none}, &DossierList{Page: samplePage("/ho-so-thu-nhan", "Danh sách hồ sơ"), None: none}, &DossierBulk{Page: samplePage("/ho-so-thu-nhan", "Kết quả")}, &DossierSheet{Page: samplePage("/ho-so-thu-nhan", "Điểu Bé")}, &Transmissions{Page: samplePage("/ho-so-thu-nhan", "Đợt truyền"), None: none}, &WhereIs{Page: Page{Title: "Hồ sơ của tôi đang ở đâu?"}}}
}
