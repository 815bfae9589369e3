package web

// Route is one address of the desk.
type Route struct {
	Pattern string
	Do      func(*Ask) error
	Open    bool  // needs nobody signed in
	Body    int64 // bound of the body in bytes, 0 for the usual; the handler then reads it as a stream
}

// routes is the desk's table of contents.
var routes = []Route{
	{Pattern: "POST /giao-dien", Do: setTheme, Open: true},
}
