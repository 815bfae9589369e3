package web

// Offers are what operators offer (KH:III.1.b), those in force first.
type Offers struct {
	Page
	Kinds   []Choice
	Offices []Choice
	When    []Choice
	Rows    []OfferRow
	None    Empty
	New     string // where an offer is made; "" for who may not
	Orders  string
}

// Template names the screen.
func (*Offers) Template() string { return "aid/offers" }

// OfferRow is one offer of the list.
type OfferRow struct {
	Title, Href, Kind, Office, Price, Period, Left, State, Mood, File string
	Low                                                               bool
}

// OfferSheet is one offer: what it says, its document, what is left where.
type OfferSheet struct {
	Page
	Href                                  string
	Kind, Office, Price, Words, Period    string
	State, Mood, Withdrawn                string
	Conditions, FileName, File, By, After string
	Stock                                 []OfferStock
	Left                                  string
	Orders                                []Stat
	Fields                                OfferFields
	May                                   bool
	Places                                []StockField
}

// Template names the screen.
func (*OfferSheet) Template() string { return "aid/offer" }

// OfferStock is what is left of an offer at a place.
type OfferStock struct {
	Place string
	N     int64
}

// StockField is the field in which the stock of a place is written.
type StockField struct{ Name, Title, Value string }

// OfferFields is the form in which an offer is written.
type OfferFields struct {
	To      string
	Kinds   []Choice
	Offices []Choice // nil where the operator is known
	Office  string
	Do      string
}

// OfferForm is where a new offer is written.
type OfferForm struct {
	Page
	Fields OfferFields
}

// Template names the screen.
func (*OfferForm) Template() string { return "aid/offer-new" }

// Orders are the orders of telephones, SIMs and signatures, those lying longest first (KH:III.2.c).
type Orders struct {
	Page
	Code                           string
	Units, States, Kinds, Offices  []Choice // Offices nil for an operator: it has its own only
	Stats                          []Stat
	Told                           string
	Rows                           []OrderRow
	Moves                          []Choice
	Givers                         []Choice // operators to whom orders may be given; nil for who may not
	MayMove, MayExport, MayPhones  bool
	Sheet, Phones, Bulk, Give, Put string
	Query                          []Hidden
	Today                          string
	Pager                          Pager
	None                           Empty
}

// Template names the screen.
func (*Orders) Template() string { return "aid/orders" }

// OrderRow is one order of the list.
type OrderRow struct {
	ID, Name, Born, Phone, Href, Place, Kind, Office, Price, State, Mood, Since, Age, Late, Denied string
}

// OrderVerdicts is what became of every row (law F1).
type OrderVerdicts struct {
	Page
	Stats []Stat
	Rows  []OrderVerdict
	Back  string
}

// Template names the screen.
func (*OrderVerdicts) Template() string { return "aid/verdicts" }

// OrderVerdict is what became of one row.
type OrderVerdict struct {
	Line                     int64
	Name, Href, Verdict, Why string
	Mood                     string
}

// OrderSheet is one order with its way.
type OrderSheet struct {
	Page
	Href, Name, Born, Place, Phone, PersonHref string
	Kind, Office, Offer, OfferHref, Price      string
	State, Mood, Late, Denied                  string
	Consent, Source                            string
	Receipt, Received, Serial, ReceiptHref     string
	Stages                                     []Stage
	Moments                                    []Moment
	Next                                       []Choice
	Gives, Installs                            bool // a step that may be next gives a thing
	Today                                      string
	Reveal                                     string // where the telephone is shown whole; "" where it is not needed
	Choose                                     []Choice
	Undo                                       string // the step that may be taken back
}

// Template names the screen.
func (*OrderSheet) Template() string { return "aid/order" }

// OrderReceipt is the receipt of a hand-over, for paper.
type OrderReceipt struct {
	Page
	Code, Day, Office, Kind, Offer, Price, Words, Name, Born, Place, Received, Serial, By, Back string
}

// Template names the screen.
func (*OrderReceipt) Template() string { return "aid/receipt" }

// PhonesLeft is who is left without a 4G telephone against the days to the switch-off of 2G (KH:0.b).
type PhonesLeft struct {
	Page
	Units []Choice
	Day   string // of the switch-off, for people; "" where the plan has none
	Stats []Stat
	Rows  []PhonesRow
	Sum   PhonesRow
	None  Empty
}

// Template names the screen.
func (*PhonesLeft) Template() string { return "aid/phones" }

// PhonesRow is one unit: how many lack a 4G telephone, how many of them are on the way, and the pace that is needed.
type PhonesRow struct {
	Name, Href, People, OrdersHref string
	Left, Claimed, Under, Lately   int64
	Need, Have                     string // a day
	Share                          int    // percent of those counted who have one
	Slow                           bool
}

// PersonOrders are a person's orders and the form of another (KH:III.2.c).
type PersonOrders struct {
	Shown, May bool
	Rows       []OrderRow
	Kinds      []Choice
	Offers     []ChoiceGroup
	ID         string // of the order that the form makes: sending it twice makes one
}
