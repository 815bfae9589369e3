// Package worklist says whom a team visits today and in which order (KH:III.2.b, KH:III.2.e): who still needs what, what must come
// first, what was agreed at the door. The desk prints it, the phone carries it; both read it here.
package worklist
