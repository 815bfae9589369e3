// Package id makes sortable identifiers that a server or a phone can make without asking anybody.
//
// An id is a positive 63-bit integer: 43 bits of milliseconds since 1970, then 20 random bits that count up within one
// millisecond. Pages and commands show it in 13 characters of Crockford's base 32.
package id

import (
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"time"
)

var (
	mu   sync.Mutex
	last int64
)

// New makes an id for now; ids made by one process always grow.
func New() int64 {
	var b [4]byte
	_, _ = rand.Read(b[:])
	n := time.Now().UnixMilli()<<20 | int64(binary.LittleEndian.Uint32(b[:])&0xfffff)
	mu.Lock()
	defer mu.Unlock()
	if n <= last {
		n = last + 1
	}
	last = n
	return n
}

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz"

// String spells an id in 13 characters.
func String(n int64) string {
	var b [13]byte
	for i := len(b) - 1; i >= 0; i-- {
		b[i] = alphabet[n&31]
		n >>= 5
	}
	return string(b[:])
}

// Parse reads what String wrote.
func Parse(s string) (int64, error) {
	if len(s) != 13 {
		return 0, fmt.Errorf("id: %d characters, want 13", len(s))
	}
	var n int64
	for _, c := range s {
		i := strings.IndexRune(alphabet, c)
		if i < 0 {
			return 0, fmt.Errorf("id: unknown character")
		}
		n = n<<5 | int64(i)
	}
	if n < 0 {
		return 0, fmt.Errorf("id: out of range")
	}
	return n, nil
}
