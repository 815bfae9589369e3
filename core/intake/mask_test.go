package intake

import "testing"

func TestClause_IV_2_d_MaskedNumbers(t *testing.T) {
	for in, want := range map[string]string{
		"070•••••1234": "070•••••1234", "070*****1234": "070•••••1234", "0912***678": "0912•••678", "84 91xxxx678": "8491••••678", "070.xxx.xx1234": "070•••••1234",
		"070123451234": "", "0912345678": "", "***": "", "xxxxxxxxxxxx": "", "Trần Văn A": "", "070••1234": "", "070•••••1234567": "", "": "",
	} {
		if got := maskOf(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
