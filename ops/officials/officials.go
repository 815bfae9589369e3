// Package officials is the roster of leaders, officials and armed forces by agency, the three conditions that each must meet (KH:IV.1.c) and
// the personal quota of citizens that each guides (KH:IV.1.d).
package officials
