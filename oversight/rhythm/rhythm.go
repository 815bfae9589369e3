// Package rhythm is the campaign's day (KH:III.2.e, KH:V.6): in the morning what every team and member must do, at five o'clock what
// was done, who is behind and who has not sent.
package rhythm

import "bonphu/internal/id"

func idText(n int64) string { return id.String(n) }
