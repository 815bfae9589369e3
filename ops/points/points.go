// Package points is where dossiers are taken (KH:III.3.a): fixed and mobile points, kits, sessions, hosts, invitations and check-in.
package points
