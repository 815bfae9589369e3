// Package seal keeps personal numbers unreadable at rest (law R3).
//
// One 32-byte master key, kept outside the database, gives two keys: one encrypts values (AES-256-GCM, a fresh nonce each), the
// other makes blind indexes (HMAC-SHA-256 cut to 63 bits) by which an equal value is found again without being readable.
package seal

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"strings"
	"sync"
)

// Keys seal and open. They are safe for concurrent use.
type Keys struct {
	aead cipher.AEAD
	macs sync.Pool
}

// FromMaster derives the keys from 32 bytes.
func FromMaster(master []byte) (*Keys, error) {
	if len(master) != 32 {
		return nil, fmt.Errorf("seal: master key of %d bytes, want 32", len(master))
	}
	enc, err := hkdf.Key(sha256.New, master, nil, "bonphu seal", 32)
	if err != nil {
		return nil, err
	}
	ix, err := hkdf.Key(sha256.New, master, nil, "bonphu index", 32)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(enc)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	k := &Keys{aead: aead}
	k.macs.New = func() any { return hmac.New(sha256.New, ix) }
	return k, nil
}

// Load reads the master key (64 hex digits) from a file, making the file with a fresh key, readable by its owner only, when
// create is set and there is none.
func Load(path string, create bool) (*Keys, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) && create {
		master := make([]byte, 32)
		_, _ = rand.Read(master)
		b = []byte(hex.EncodeToString(master) + "\n")
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return nil, err
		}
		if _, err = f.Write(b); err == nil {
			err = f.Sync()
		}
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		if err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	master, err := hex.DecodeString(strings.TrimSpace(string(b)))
	if err != nil {
		return nil, fmt.Errorf("seal: %s is not a key file", path)
	}
	return FromMaster(master)
}

// Seal encrypts a value; "" stays "".
func (k *Keys) Seal(plain string) string {
	if plain == "" {
		return ""
	}
	return base64.RawStdEncoding.EncodeToString(k.aead.Seal(nil, nil, []byte(plain), nil))
}

// Open decrypts what Seal made; "" stays "".
func (k *Keys) Open(sealed string) (string, error) {
	if sealed == "" {
		return "", nil
	}
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil {
		return "", errors.New("seal: not a sealed value")
	}
	p, err := k.aead.Open(nil, nil, b, nil)
	if err != nil {
		return "", errors.New("seal: wrong key or damaged value")
	}
	return string(p), nil
}

// SealBytes encrypts a chunk of a file.
func (k *Keys) SealBytes(b []byte) []byte { return k.aead.Seal(nil, nil, b, nil) }

// OpenBytes decrypts what SealBytes made.
func (k *Keys) OpenBytes(b []byte) ([]byte, error) {
	p, err := k.aead.Open(nil, nil, b, nil)
	if err != nil {
		return nil, errors.New("seal: wrong key or damaged chunk")
	}
	return p, nil
}

// Index gives the blind index of a value: equal values have equal indexes; 0 for "".
func (k *Keys) Index(plain string) int64 {
	if plain == "" {
		return 0
	}
	m := k.macs.Get().(hash.Hash)
	defer k.macs.Put(m)
	m.Reset()
	m.Write([]byte(plain))
	var sum [32]byte
	return int64(binary.BigEndian.Uint64(m.Sum(sum[:0])) >> 1)
}
