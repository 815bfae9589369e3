// Package reconcile holds what teams claim against what extracts confirm, claim by claim, and settles the differences with those
// who claimed (KH:IV.2.a, KH:IV.2.d; laws C2, C3, C6, D2).
//
// The fate of every claim is a rule over the ledger (Fates). It is kept before the commit that changes it, by day, so that every
// figure can be told as of any day (law C5) and opened into the claims behind it (law N2). A denied claim opens a case: the team
// is asked, answers, somebody else decides; a later extract that confirms closes it by itself.
package reconcile

// Rate is a unit's over-claim: of the claims that extracts decided, how many they denied (law J2). Excused denials (late extract,
// wrong number, twin record) are left out of the rate; they stand beside it.
type Rate struct {
	Denied    int64 // denied and not excused
	Excused   int64
	Confirmed int64
	Rate      float64 // Denied of Denied+Confirmed, 0 when there are none
	Low, High float64 // Wilson's 95 % bounds
}
