package web

// Problem is the page for what could not be done: a sentence, a code where there is one, and a way on.
type Problem struct {
	Page
	Icon     string
	Incident string
	Href     string
	Do       string
}

// Template names the screen.
func (*Problem) Template() string { return "error/error" }
