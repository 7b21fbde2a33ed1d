//! Folding: the forms of a text in which case, accents and width make no difference. What is
//! searched, sorted by and unique is kept in these forms beside what was typed.
//!
//! No SQL and no rules about what may be typed; those are in `validate`. A letter that Unicode
//! does not take apart but people type as another goes into `plain`; the stored texts then need
//! to be written anew by a migration.

use unicode_normalization::UnicodeNormalization;

/// What stands between the fields of a search text, so that no term matches across two of them.
const BETWEEN: char = '\n';

/// Lower case, without accents, in the plainest letters, white space collapsed.
///
/// Marks that carry sound (the vowel signs of Indic scripts and Thai) stay; those that people
/// leave out when they type (Latin, Greek and Cyrillic accents, Hebrew and Arabic points) go.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return collapse(text.chars().map(|c| c.to_ascii_lowercase()));
    }
    let mut letters = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase).filter(|c| !is_dropped(*c)) {
        match plain(c) {
            Some(instead) => letters.push_str(instead),
            None => letters.push(c),
        }
    }
    // Together again, or each Hangul syllable would be three letters.
    collapse(letters.nfc())
}

/// What the search looks in: name, username, e-mail and phone, each folded.
pub fn search_text(name: &str, username: &str, email: &str, phone: &str) -> String {
    let phone: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let mut out = String::with_capacity(name.len() + username.len() + email.len() + 16);
    for field in [fold(name), fold(username), fold(email), phone] {
        if !field.is_empty() {
            if !out.is_empty() {
                out.push(BETWEEN);
            }
            out.push_str(&field);
        }
    }
    out
}

/// What the name column sorts by: the folded name that is shown.
pub fn name_key(name: &str, username: &str, email: &str) -> String {
    fold(super::row::shown_name(name, username, email))
}

/// What makes an e-mail address unique: its lower case.
pub fn email_key(email: &str) -> String {
    email.trim().nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn collapse(letters: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in letters {
        if !c.is_whitespace() && !c.is_control() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Marks that people leave out when they search, and characters that can't be seen.
const fn is_dropped(c: char) -> bool {
    matches!(c,
        // Accents of Latin, Greek and Cyrillic.
        '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}'
        // Hebrew points; Arabic vowels, hamza as a mark, and the stretching line.
        | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}'
        | '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6ed}'
        // Soft hyphen, joiners, directions, byte order mark.
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}'
        | '\u{feff}')
}

/// What people type for a letter that has no decomposition.
const fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ŋ' => "n",
        'ı' => "i",
        'ə' => "e",
        'ς' => "σ",
        '’' | '‘' | 'ʼ' | 'ʻ' | '׳' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_width_make_no_difference() {
        for (typed, folded) in [
            ("Amélie FOURNIER", "amelie fournier"),
            ("Straße", "strasse"),
            ("Łukasz Żółć", "lukasz zolc"),
            ("Nguyễn Đức", "nguyen duc"),
            ("İstanbul ısı", "istanbul isi"),
            ("Grace O’Malley", "grace o'malley"),
            ("Müller‑Lüdenscheidt", "muller-ludenscheidt"),
            ("ＡＢＣ１２", "abc12"),
            ("Ёлка Йод", "елка иод"),
            ("Οδυσσέας", "οδυσσεασ"),
            ("عُمَر", "عمر"),
            ("שָׁלוֹם", "שלום"),
            ("  a \t\n b\u{a0} ", "a b"),
            ("a\u{202e}b\u{0}c", "ab c"),
            ("", ""),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn scripts_keep_what_carries_sound() {
        for kept in ["王小明", "한국어", "प्रिया", "สมชาย", "がく", "🚀"]
        {
            assert_eq!(fold(kept), kept);
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        // Every character of the planes that hold scripts and symbols, in groups that compose.
        let all: Vec<char> = ('\u{1}'..='\u{1ffff}').collect();
        for group in all.chunks(7) {
            let once = fold(&group.iter().collect::<String>());
            assert_eq!(fold(&once), once, "{group:?}");
        }
    }

    #[test]
    fn a_term_never_matches_across_fields() {
        let text = search_text("Zoë Berg", "zoe", "Zoe@Uni.Example", "+43 (660) 123");
        assert_eq!(text, "zoe berg\nzoe\nzoe@uni.example\n+43660123");
        assert_eq!(search_text("", "", "a@b.example", ""), "a@b.example");
        assert!(!fold("a\nb").contains(BETWEEN));
    }

    #[test]
    fn keys_are_folded() {
        assert_eq!(name_key("", "Élan", "x@y.example"), "elan");
        assert_eq!(email_key(" ANNA.Bäuerin@Müller.Example "), "anna.bäuerin@müller.example");
        assert_eq!(email_key("e\u{301}@x.example"), "é@x.example");
    }
}
