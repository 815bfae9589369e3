// Package obstacles is what stands in the way of the work (KH:VI): who met it, who owes an answer by when, and the answer.
package obstacles
