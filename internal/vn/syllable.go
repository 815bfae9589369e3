package vn

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// onsets and rimes of Vietnamese syllables, rimes by shape without tone. Highland names bring a few onsets and codas of their own.
const onsetList = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"

const rimeList = `a ac ak ach ai am an ang anh ao ap at au ay ă ăc ăk ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu êc êng i ia ich im in inh ip it iu iê iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong oong ooc op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uy uya uych uynh uyp uyt uyu uâ uân uâng uât uây uê uêch uênh uơ uô uôc uôi uôm uôn uông uôt uyê uyên uyêt
ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu y yê yêm yên yêt yêu yêng ya ych ym yn ynh yp yt`

type syllables struct{ onsets, rimes map[string]bool }

var syllableParts = sync.OnceValue(func() syllables {
	s := syllables{map[string]bool{"": true}, map[string]bool{}}
	for _, o := range strings.Fields(onsetList) {
		s.onsets[o] = true
	}
	for _, r := range strings.Fields(rimeList) {
		s.rimes[r] = true
	}
	return s
})

// syllable tells whether a word is spelled as a Vietnamese syllable: an onset, a rime, at most one tone, and small letters,
// capitals, or a capital first. marked tells whether it has any letter with a mark.
func syllable(word string) (ok, marked bool) {
	table := letters()
	shape := make([]rune, 0, 8)
	tones, tone := 0, byte(0)
	var first, rest [2]int // [small, capital]
	for i, r := range word {
		l, known := table[r]
		upper := false
		switch {
		case known:
			marked = marked || l.shape != l.plain || l.tone > 0
			upper = r != l.shape && strings.ContainsRune("AĂÂEÊIOÔƠUƯYĐ", r) || isUpperToned(r)
			shape = append(shape, l.shape)
			if l.tone > 0 {
				tones++
				tone = l.tone
			}
		case r >= 'a' && r <= 'z':
			shape = append(shape, r)
		case r >= 'A' && r <= 'Z':
			upper = true
			shape = append(shape, r+32)
		default:
			return false, marked
		}
		at := 0
		if upper {
			at = 1
		}
		if i == 0 {
			first[at]++
		} else {
			rest[at]++
		}
	}
	if tones > 1 || len(shape) == 0 || len(shape) > 8 || rest[0] > 0 && rest[1] > 0 || first[0] > 0 && rest[1] > 0 {
		return false, marked
	}
	parts := syllableParts()
	s := string(shape)
	if tone >= 1 && tone <= 3 && stopped(s) || tone > 0 && glided(s) && toned(word) {
		return false, marked
	}
	for cut := 0; cut <= len(s) && cut <= 4; cut++ {
		if cut < len(s) && s[cut]&0xc0 == 0x80 {
			continue
		}
		if strings.HasPrefix(s[cut:], "yê") && cut > 0 && s[:cut] != "qu" { // yên, quyên, but no other
			continue
		}
		if parts.onsets[s[:cut]] && parts.rimes[s[cut:]] {
			return true, marked
		}
	}
	return s == "đ" || s == "gi" || s == "gin" || s == "gia", marked
}

// stopped tells whether a syllable ends in c, ch, p or t: it can then bear only sắc or nặng, and one that bears another tone ("Quèc")
// is something misread.
func stopped(s string) bool {
	return strings.HasSuffix(s, "c") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "p") || strings.HasSuffix(s, "t")
}

// glided tells whether a syllable ends in a glide, whose tone stands on the vowel before it: "Baù" is something misread.
func glided(s string) bool {
	for _, g := range []string{"ai", "ao", "au", "ay", "eo", "oi"} {
		if strings.HasSuffix(s, g) {
			return true
		}
	}
	return strings.HasSuffix(s, "iu") && !strings.HasPrefix(s, "gi") || strings.HasSuffix(s, "ui") && !strings.HasPrefix(s, "qu")
}

// toned tells whether the last letter bears the tone.
func toned(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return letters()[r].tone > 0
}

func isUpperToned(r rune) bool { return r != lower(r) }

// lower gives the small form of a letter.
func lower(r rune) rune {
	for _, s := range strings.ToLower(string(r)) {
		return s
	}
	return r
}
