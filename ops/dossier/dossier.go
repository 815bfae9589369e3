// Package dossier is an application's life (KH:III.3.d): collected, transmitted, approved or rejected, card issued, account activated.
package dossier
