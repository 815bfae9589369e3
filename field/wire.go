package field

import (
	"encoding/json"
	"strconv"
	"strings"

	"bonphu/internal/id"
	"bonphu/ops/canvass"
	"bonphu/oversight/rhythm"
	"bonphu/oversight/worklist"
)

// version is the protocol that this server speaks with phones. An app of another one keeps what it recorded and is told to fetch the new app.
const version = 1

type wireError struct {
	Error struct {
		Code string `json:"code"`
		Text string `json:"text"`
	} `json:"error"`
}

type enrolAsk struct {
	V    int    `json:"v"`
	Code string `json:"code"`
	Name string `json:"name"`
	Old  string `json:"old"`
}

type wireUnit struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type wireHolder struct {
	Name     string `json:"name"`
	Team     string `json:"team"`
	TeamName string `json:"teamName"`
	Member   string `json:"member"`
	Leads    bool   `json:"leads"`
}

type enrolled struct {
	V         int        `json:"v"`
	Device    string     `json:"device"`
	Token     string     `json:"token"`
	Escrow    string     `json:"escrow"`
	OldEscrow string     `json:"oldEscrow,omitempty"`
	Until     string     `json:"until"`
	Now       string     `json:"now"`
	Holder    wireHolder `json:"holder"`
	Units     []wireUnit `json:"units"`
}

type pulled struct {
	V        int             `json:"v"`
	Now      string          `json:"now"`
	Until    string          `json:"until"`
	Cursor   string          `json:"cursor"`
	More     bool            `json:"more"`
	Full     bool            `json:"full"`
	People   []row           `json:"people"`
	Gone     []string        `json:"gone"`
	Plan     *wirePlan       `json:"plan,omitempty"`
	PlanHash string          `json:"planHash"`
	Day      *rhythm.TeamDay `json:"day,omitempty"`
	// Settled are the slips of which the phone asked, as held, and a person has decided since.
	Settled []verdict `json:"settled,omitempty"`
	// Rolls are the lists of today's sessions at collection points, only when they changed since the phone's ?rolls=hash.
	Rolls     *[]wireRoll `json:"rolls,omitempty"`
	RollsHash string      `json:"rollsHash,omitempty"`
	// Simulated says that the server plays a campaign of another day: a phone does not complain of its clock.
	Simulated bool `json:"simulated,omitempty"`
}

// row is one person as a phone carries them: fields in order, without names, since a thousand of them cross a slow network.
type row struct {
	*worklist.Subject
	key        string
	unit, mine int
	needs      []int
}

// MarshalJSON writes id, name, birth, gender, household, relation, address, key of the number, end of the number, masked telephone, unit, needs,
// ranks, whose, language, contact (field/app/src/model.ts reads it).
func (r row) MarshalJSON() ([]byte, error) {
	p := &r.Person
	gender := ""
	if p.Gender != "" {
		gender = p.Gender[:1]
	}
	tail := ""
	if n := string(p.Number); len(n) == 12 {
		tail = n[8:]
	}
	var ranks strings.Builder
	for _, x := range r.Ranks {
		ranks.WriteString(strconv.FormatInt(int64(x[0]), 36) + strconv.FormatInt(int64(x[1]), 36))
	}
	var contact any = 0
	if c := r.Contact; c.Result != "" {
		contact = []any{c.Result, c.Day, c.Reason, c.Return, c.Part, c.Tries, c.Orders}
	}
	needs := r.needs
	if needs == nil {
		needs = []int{}
	}
	return json.Marshal([]any{id.String(p.ID), p.Name, p.Birth, gender, p.House, p.Relation, p.Address, r.key, tail, p.Phone.Mask(), r.unit, needs, ranks.String(), r.mine, r.Lang, contact})
}

type wireState struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type wireCoverage struct {
	ID     string      `json:"id"`
	Title  string      `json:"title"`
	Short  string      `json:"short"`
	Goal   int         `json:"goal"`
	States []wireState `json:"states"`
}

type wireFirst struct {
	Segment string `json:"segment"`
	Why     string `json:"why"`
}

type wireSegment struct {
	ID    string      `json:"id"`
	Title string      `json:"title"`
	Work  string      `json:"work"`
	After []wireFirst `json:"after"`
}

type wireReason struct {
	ID     string `json:"id"`
	Result string `json:"result"`
	Title  string `json:"title"`
}

type wirePlan struct {
	Hash       string         `json:"hash"`
	Coverages  []wireCoverage `json:"coverages"`
	Segments   []wireSegment  `json:"segments"`
	Reasons    []wireReason   `json:"reasons"`
	Languages  []wireState    `json:"languages"`
	Categories []wireState    `json:"categories"`
	Photo      string         `json:"photo"`
	Evening    string         `json:"evening"`
	From       string         `json:"from"`
	Until      string         `json:"until"`
}

type pushAsk struct {
	V     int               `json:"v"`
	Sent  string            `json:"sent"`
	Items []json.RawMessage `json:"items"`
}

// item is what a phone sends: a slip of one of the kinds that push takes.
type item = canvass.Slip

type verdict struct {
	ID      string `json:"id"`
	Verdict string `json:"verdict"`
	Code    string `json:"code"`
	Text    string `json:"text"`
}

type pushed struct {
	V        int       `json:"v"`
	Now      string    `json:"now"`
	Skew     int64     `json:"skew"`
	Verdicts []verdict `json:"verdicts"`
}

// wireRoll is one session of today with whom it invited.
type wireRoll struct {
	ID    string    `json:"id"`
	Title string    `json:"title"`
	Hours string    `json:"hours"`
	Quota int64     `json:"quota"`
	Came  int64     `json:"came"`
	Rows  []rollRow `json:"rows"`
}

// rollRow is somebody invited: person, name, birth, code of the invitation, 1 when they came, key of the number.
type rollRow [6]any
